import { isIP } from 'node:net';
import { VtFeedsError } from '../common/errors.ts';
import { isLoopbackOrigin } from './origin.ts';

/** A redirect leads to storage; more hops than this are a loop. */
export const MAX_REDIRECTS = 3;

/**
 * The address a redirect leads to, when it is one to follow: https to a public host, without a user name;
 * where the API itself is on the loopback address, the loopback address as well.
 */
export function redirectTarget(location: string | undefined, from: URL, apiOrigin: string): URL {
  if (location === undefined || location === '' || !URL.canParse(location, from.href))
    throw refused('it names no valid address');
  const target = new URL(location, from);
  if (target.username !== '' || target.password !== '') throw refused('its address holds a user name');
  if (isLoopbackOrigin(apiOrigin) && isLoopbackOrigin(target.origin)) return target;
  if (target.protocol !== 'https:') throw refused('it does not lead to an https address');
  if (isLocalHost(target.hostname)) throw refused('it leads to a local address');
  return target;
}

function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/gu, '').toLowerCase();
  if (isIP(host) === 6) return /^(?:::|64:ff9b:|f[cdef])/u.test(host);
  if (isIP(host) === 4) {
    return /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./u.test(
      host,
    );
  }
  return (
    host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local') || !host.includes('.')
  );
}

function refused(why: string): VtFeedsError {
  return new VtFeedsError(
    'redirectRefused',
    `The download's redirect was not followed: ${why}. Nothing was sent there; report this if it happens again.`,
  );
}
