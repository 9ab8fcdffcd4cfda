import { BlockList, isIP } from 'node:net';
import { VtFeedsError } from '../common/errors.ts';
import { isLoopbackOrigin } from './origin.ts';

/** A redirect leads to storage; more hops than this are a loop. */
export const MAX_REDIRECTS = 3;

const LOCAL_NAMES = /\.(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)$/u;

/** Addresses that no storage on the internet has (IANA special-purpose registries). */
// Two lists: in one, `::ffff:0:0/96` would hold every IPv4 address.
const NOT_PUBLIC = { ipv4: new BlockList(), ipv6: new BlockList() };
const RANGES = {
  ipv4:
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 ' +
    '192.168.0.0/16 198.18.0.0/15 224.0.0.0/3',
  ipv6: '::/96 ::ffff:0:0/96 64:ff9b::/32 100::/64 2001::/23 2002::/16 fc00::/7 fe80::/9 ff00::/8',
} as const;
for (const family of ['ipv4', 'ipv6'] as const) {
  for (const range of RANGES[family].split(' ')) {
    const [net = '', bits] = range.split('/');
    NOT_PUBLIC[family].addSubnet(net, Number(bits), family);
  }
}

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
  const family = isIP(host);
  if (family === 4) return NOT_PUBLIC.ipv4.check(host, 'ipv4');
  if (family === 6) return NOT_PUBLIC.ipv6.check(host, 'ipv6');
  return !host.includes('.') || LOCAL_NAMES.test(host);
}

function refused(why: string): VtFeedsError {
  return new VtFeedsError(
    'redirectRefused',
    `The download's redirect was not followed: ${why}. Nothing was sent there; report this if it happens again.`,
  );
}
