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
/** Of what we would send, but may not: a key with other letters, say. */
const UNSENDABLE_CODES = new Set(['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS']);
const TIMED_OUT = 'ETIMEDOUT';
/** How the codes of Node.js begin for what is not HTTP. */
const PARSER_CODE = 'HPE_';

/** The error for what did not come in time, as the system has it for connections. */
export function timedOut(): Error {
  return Object.assign(new Error('Nothing came in time.'), { code: TIMED_OUT });
}

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
  if (code === TIMED_OUT) {
    return fail('timeout', `${host} stopped answering. Try again, or check the network.`);
  }
  if (UNSENDABLE_CODES.has(code) || code.startsWith(PARSER_CODE)) {
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
