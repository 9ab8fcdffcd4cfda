import { VtFeedsError, isAbort, systemCode } from '../common/errors.ts';

const TLS_CODES = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'HOSTNAME_MISMATCH',
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
const PROXY_CODES = new Set(['UND_ERR_ABORTED', 'UND_ERR_PRX_TLS']);

/**
 * Names what failed below HTTP. `started` tells whether the body had begun, `host` who was asked,
 * `proxied` whether a proxy stood in between.
 */
export function networkError(
  error: unknown,
  { host, started, proxied }: { readonly host: string; readonly started: boolean; readonly proxied: boolean },
): VtFeedsError {
  if (error instanceof VtFeedsError) return error;
  const code = systemCode(error) ?? '';
  const fail = (name: VtFeedsError['code'], sentence: string): VtFeedsError =>
    new VtFeedsError(name, sentence, {}, { cause: error });
  if (PROXY_CODES.has(code) && proxied) {
    return fail(
      'proxy',
      `The proxy refused the connection to ${host}. Check http.proxy in the settings and its login.`,
    );
  }
  if (isAbort(error)) return new VtFeedsError('cancelled', 'Cancelled.', {}, { cause: error });
  if (TLS_CODES.has(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL')) {
    return fail(
      'tls',
      `The certificate of ${host} is not trusted (${code}). A company proxy may need its certificate installed in the system.`,
    );
  }
  if (TIMEOUT_CODES.has(code)) {
    return fail('timeout', `${host} stopped answering. Try again, or check the network.`);
  }
  const isNotHttp = error instanceof Error && error.name === PARSER_ERROR;
  if (PROTOCOL_CODES.has(code) || isNotHttp || (code === LENGTH_MISMATCH && !started)) {
    return fail('protocol', `${host} sent an answer that is not valid HTTP. Try again later.`);
  }
  if (started) {
    return fail(
      'cutShort',
      `The connection to ${host} broke before everything had come. Nothing was stored; try again.`,
    );
  }
  return proxied
    ? fail(
        'proxy',
        `${host} cannot be reached through the proxy (${code}). Check http.proxy in the settings.`,
      )
    : fail(
        'offline',
        `${host} cannot be reached (${code || 'no connection'}). Check the network and try again.`,
      );
}
