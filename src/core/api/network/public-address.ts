import { BlockList, isIP } from 'node:net';

/** Addresses that no storage on the internet has (IANA special-purpose registries). */
const SPECIAL = {
  ipv4:
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 ' +
    '192.168.0.0/16 198.18.0.0/15 224.0.0.0/3',
  ipv6: '::/96 ::ffff:0:0/96 64:ff9b::/32 100::/64 2001::/23 2002::/16 fc00::/7 fe80::/9 ff00::/8',
} as const;

// Two lists: in one, `::ffff:0:0/96` would hold every IPv4 address.
const NOT_PUBLIC = { ipv4: listOf('ipv4', SPECIAL.ipv4), ipv6: listOf('ipv6', SPECIAL.ipv6) };
/** VPN clients answer every name with an address from here and lead the connection on. */
const STAND_INS = listOf('ipv4', '198.18.0.0/15');
/** How a network without IPv4 reaches it (RFC 6052); the IPv4 address is in the last 32 bits. */
const NAT64 = listOf('ipv6', '64:ff9b::/96');

/** Whether an address, written out in a link, is one on the internet. False for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.ipv4.check(address, 'ipv4');
  return family === 6 && !NOT_PUBLIC.ipv6.check(address, 'ipv6');
}

/** Whether a name may lead to this address. Networks put other addresses in between that a link never holds. */
export function mayResolveTo(address: string): boolean {
  const family = isIP(address);
  if (family === 4 && STAND_INS.check(address, 'ipv4')) return true;
  if (family === 6 && NAT64.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
  return isPublicAddress(address);
}

function listOf(family: 'ipv4' | 'ipv6', ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(' ')) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}

function lastFourBytes(ipv6: string): string {
  const groups = ipv6.split(':').slice(-2);
  return groups
    .map((group) => Number.parseInt(`0${group}`, 16))
    .map((group) => `${String(group >> 8)}.${String(group & 0xff)}`)
    .join('.');
}
