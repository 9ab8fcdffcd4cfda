import assert from 'node:assert/strict';
import { networkError } from '../../../../src/core/api/network-error.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';

const HOST = 'storage.example';

function failure(code: string): Error {
  return new TypeError('failed', { cause: Object.assign(new Error(code), { code }) });
}

describe('networkError', () => {
  const cases: readonly (readonly [code: string, direct: ErrorCode, proxied: ErrorCode])[] = [
    ['ECONNREFUSED', 'offline', 'proxy'],
    ['ENOTFOUND', 'offline', 'proxy'],
    ['EAI_AGAIN', 'offline', 'proxy'],
    ['ENETUNREACH', 'offline', 'proxy'],
    ['ECONNRESET', 'offline', 'proxy'],
    ['UND_ERR_SOCKET', 'offline', 'proxy'],
    ['ETIMEDOUT', 'timeout', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'tls'],
    ['UND_ERR_HEADERS_OVERFLOW', 'protocol', 'protocol'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'protocol', 'protocol'],
    ['UND_ERR_PRX_TLS', 'offline', 'proxy'],
  ];
  for (const [code, direct, proxied] of cases) {
    it(`calls ${code} ${direct}, and ${proxied} behind a proxy`, () => {
      for (const [expected, isProxied] of [
        [direct, false],
        [proxied, true],
      ] as const) {
        const cause = failure(code);
        const error = networkError(cause, { host: HOST, started: false, proxied: isProxied });
        assert.equal(error.code, expected);
        assert.ok(error.message.includes(HOST));
        assert.equal(error.cause, cause);
      }
    });
  }

  it('calls a connection that breaks within the body cutShort', () => {
    const codes = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];
    for (const code of codes)
      assert.equal(
        networkError(failure(code), { host: HOST, started: true, proxied: false }).code,
        'cutShort',
      );
  });

  it('knows that someone cancelled, also behind a proxy and within the body', () => {
    const controller = new AbortController();
    controller.abort();
    for (const started of [true, false]) {
      for (const proxied of [true, false])
        assert.equal(
          networkError(controller.signal.reason, { host: HOST, started, proxied }).code,
          'cancelled',
        );
    }
  });

  it('passes its own family on', () => {
    const error = new VtFeedsError('quotaExceeded', 'x');
    assert.equal(networkError(error, { host: HOST, started: false, proxied: false }), error);
  });
});
