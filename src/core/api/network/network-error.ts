import { VtFeedsError, isAbort, systemCode } from '../../common/errors.ts';
import type { ErrorCode } from '../../common/errors.ts';

const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'HOSTNAME_MISMATCH',
  'EPROTO',
]);
const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
const PROTOCOL_CODES = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_INVALID_ARG', 'UND_ERR_RESPONSE']);
/** Lengths that contradict each other, or, once the body has begun, fewer bytes than were announced. */
const LENGTH_MISMATCH = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
/** undici's error for what is not HTTP; its code is often undefined. */
const PARSER_ERROR = 'HTTPParserError';

/** Names what failed below HTTP. `started` tells whether the body had begun, `host` who was asked. */
export function networkError(
  error: unknown,
  { host, started }: { readonly host: string; readonly started: boolean },
): VtFeedsError {
  if (error instanceof VtFeedsError) return error;
  const code = systemCode(error) ?? '';
  const fail = (name: ErrorCode, sentence: string): VtFeedsError =>
    new VtFeedsError(name, sentence, {}, { cause: error });
  if (isAbort(error)) return fail('cancelled', 'Cancelled.');
  if (isTlsCode(code)) return fail('tls', certificateText(host, code));
  if (TIMEOUT_CODES.has(code)) {
    return fail('timeout', `${host} stopped answering. Try again, or check the network.`);
  }
  const isNotHttp = error instanceof Error && error.name === PARSER_ERROR;
  if (PROTOCOL_CODES.has(code) || isNotHttp || (code === LENGTH_MISMATCH && !started)) {
    return fail('protocol', `${host} sent an answer that is not valid HTTP. Try again later.`);
  }
  return started
    ? fail('cutShort', `The connection to ${host} broke before everything had come. Try again.`)
    : fail(
        'offline',
        `${host} cannot be reached (${code || 'no connection'}). Check the network, and http.proxy where one is needed.`,
      );
}

/** What is wrong with a certificate, and what to do about it. Certificate checks are never switched off. */
function certificateText(host: string, code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is not valid at this time (${code}). Check the date and time of this computer.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return `The certificate that came for ${host} belongs to another host (${code}). Something may stand in between: check the network and http.proxy.`;
    case 'EPROTO':
      return `No secure connection to ${host} could be made (${code}). Something may stand in between: check the network and http.proxy.`;
    default:
      return `The certificate of ${host} is not trusted (${code}). A company proxy may need its certificate installed in the system.`;
  }
}

function isTlsCode(code: string): boolean {
  return TLS_CODES.has(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL');
}
