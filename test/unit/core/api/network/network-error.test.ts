import assert from 'node:assert/strict';
import { networkError } from '../../../../../src/core/api/network/network-error.ts';
import { VtFeedsError } from '../../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../../src/core/common/errors.ts';

const HOST = 'storage.example';

function failure(code: string): Error {
  return new TypeError('failed', { cause: Object.assign(new Error(code), { code }) });
}

describe('networkError', () => {
  const cases: readonly (readonly [code: string, expected: ErrorCode, says: RegExp])[] = [
    ['ECONNREFUSED', 'offline', /cannot be reached \(ECONNREFUSED\)/u],
    ['ENOTFOUND', 'offline', /cannot be reached \(ENOTFOUND\)/u],
    ['EAI_AGAIN', 'offline', /Check the network/u],
    ['ENETUNREACH', 'offline', /Check the network/u],
    ['ECONNRESET', 'offline', /Check the network/u],
    ['ETIMEDOUT', 'timeout', /stopped answering/u],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', /not trusted.*installed in the system/u],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', /not trusted/u],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', /not trusted/u],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', /not trusted/u],
    ['CERT_HAS_EXPIRED', 'tls', /not valid at this time.*date and time/u],
    ['CERT_NOT_YET_VALID', 'tls', /not valid at this time/u],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', /belongs to another host/u],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', /installed in the system/u],
    ['EPROTO', 'tls', /No secure connection/u],
    ['HPE_HEADER_OVERFLOW', 'protocol', /not valid HTTP/u],
    ['HPE_UNEXPECTED_CONTENT_LENGTH', 'protocol', /not valid HTTP/u],
    ['ERR_INVALID_CHAR', 'protocol', /not valid HTTP/u],
  ];
  for (const [code, expected, says] of cases) {
    it(`calls ${code} ${expected}`, () => {
      const cause = failure(code);
      const error = networkError(cause, { host: HOST, started: false });
      assert.equal(error.code, expected);
      assert.match(error.message, says);
      assert.ok(error.message.includes(HOST));
      assert.equal(error.cause, cause);
    });
  }

  it('calls a connection that breaks within the body cutShort', () => {
    const codes = ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];
    for (const code of codes)
      assert.equal(networkError(failure(code), { host: HOST, started: true }).code, 'cutShort');
  });

  it('knows that someone cancelled, also within the body', () => {
    const { reason } = AbortSignal.abort() as { reason: unknown };
    for (const started of [true, false])
      assert.equal(networkError(reason, { host: HOST, started }).code, 'cancelled');
  });

  it('passes its own family on', () => {
    const error = new VtFeedsError('quotaExceeded', 'x');
    assert.equal(networkError(error, { host: HOST, started: false }), error);
  });
});
