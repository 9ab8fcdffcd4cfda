import { VtFeedsError } from '../../common/errors.ts';
import { networkError } from './network-error.ts';
import type { Proxy } from './proxy-choice.ts';

/** The proxy is there and says no: `status` as HTTP has it, 407 for a login. */
export function refusedBy({ url, login }: Proxy, target: URL, status: number): VtFeedsError {
  const sentence =
    status !== 407
      ? `The proxy ${url.host} does not connect to ${target.host} (${String(status)}). Ask who runs it, or list the host in http.noProxy.`
      : login === undefined
        ? `The proxy ${url.host} asks for a login (407). Add it to http.proxy: http://user:password@host:port.`
        : `The proxy ${url.host} does not accept the login it was given (407). Correct it in http.proxy or http.proxyAuthorization.`;
  return new VtFeedsError('proxy', sentence, { status });
}

/** The proxy cannot be reached, does not answer, or is not to be trusted. `silent`: it was given up. */
export function failedAt({ url }: Proxy, cause: unknown, silent: boolean): VtFeedsError {
  const known = networkError(cause, { host: `the proxy ${url.host}`, started: false });
  if (known.code === 'tls') return known;
  const what = silent ? 'does not answer' : 'cannot be reached';
  const sentence = `The proxy ${url.host} ${what}. Check http.proxy in the settings and HTTPS_PROXY in the environment.`;
  return new VtFeedsError('proxy', sentence, {}, { cause });
}
