import { isIP } from 'node:net';
import { VtFeedsError } from '../common/errors.ts';
import { isLoopbackOrigin } from './origin.ts';
import { isPublicAddress } from './network/public-address.ts';

/** A redirect leads to storage; more hops than this are a loop. */
export const MAX_REDIRECTS = 3;

const LOCAL_NAMES = /\.(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)$/u;

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
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return !host.includes('.') || LOCAL_NAMES.test(host);
}

function refused(why: string): VtFeedsError {
  return new VtFeedsError(
    'redirectRefused',
    `The download's redirect was not followed: ${why}. Nothing was sent there; report this if it happens again.`,
  );
}
