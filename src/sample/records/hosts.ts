import type { Random } from './random.ts';

// prettier-ignore
const FIRST = [
  'amber', 'birch', 'copper', 'delta', 'ember', 'frost', 'granite', 'harbor', 'indigo', 'juniper', 'kestrel', 'lantern',
  'meadow', 'nimbus', 'onyx', 'pebble', 'quartz', 'raven', 'saffron', 'timber', 'umber', 'velvet', 'willow', 'zephyr',
] as const;
// prettier-ignore
const SECOND = [
  'account', 'archive', 'billing', 'cdn', 'cloud', 'docs', 'drive', 'gateway', 'invoice', 'login', 'mail', 'media',
  'parcel', 'portal', 'secure', 'shop', 'status', 'support', 'track', 'update', 'verify', 'wallet',
] as const;
/** Names that no one can own: reserved for documentation and tests (RFC 2606, RFC 6761). */
const ZONES = ['example', 'test', 'invalid', 'example.com', 'example.net', 'example.org'] as const;
const NON_ASCII = ['xn--bcher-kva', 'xn--mnchen-3ya', 'xn--e1afmkfd'] as const;
/** Ranges for documentation (RFC 5737). */
const RANGES = ['192.0.2', '198.51.100', '203.0.113'] as const;
const HOSTS_PER_RANGE = 254;

/** A host name in a zone for documentation. */
export function hostName(random: Random): string {
  return inZone(
    random,
    random.chance(0.03) ? random.pick(NON_ASCII) : `${random.pick(FIRST)}-${random.pick(SECOND)}`,
  );
}

/** As {@link hostName}, with names that differ for the first 528 indexes. */
export function hostNameAt(random: Random, index: number): string {
  const first = FIRST[index % FIRST.length] ?? FIRST[0];
  const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? SECOND[0];
  return inZone(random, `${first}-${second}`);
}

function inZone(random: Random, label: string): string {
  const numbered = random.chance(0.4) ? `${label}${random.digits(1, 999)}` : label;
  const sub = random.chance(0.3) ? `${random.pick(SECOND)}.` : '';
  return `${sub}${numbered}.${random.pick(ZONES)}`;
}

/** The last label of a host name. */
export function topLevel(host: string): string {
  return host.slice(host.lastIndexOf('.') + 1);
}

/** The `index`th IPv4 address for documentation; 762 of them, then again from the first. */
export function ipv4At(index: number): string {
  const range = RANGES[Math.floor(index / HOSTS_PER_RANGE) % RANGES.length] ?? RANGES[0];
  return `${range}.${String((index % HOSTS_PER_RANGE) + 1)}`;
}

export function ipv4(random: Random): string {
  return ipv4At(random.int(0, RANGES.length * HOSTS_PER_RANGE - 1));
}

/** An IPv6 address in the range for documentation (RFC 3849). */
export function ipv6(random: Random): string {
  return `2001:db8:${random.hex(4).replace(/^0+(?=.)/u, '')}::${random.int(1, 0xfff).toString(16)}`;
}
