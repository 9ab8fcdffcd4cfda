import { BlockList, isIP } from 'node:net';

/**
 * Whether a list of hosts, as in NO_PROXY, holds `url`'s. An entry is `*`, a host (its subdomains as well), a suffix
 * (`.example.com`), a wildcard (`*.example.com`: subdomains only), an address or a range of them (`10.0.0.0/8`); all
 * but ranges may name a port.
 */
export function isExempt(url: URL, entries: readonly string[]): boolean {
  const host = bareHost(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return entries.some((entry) => {
    const [, name = '', entryPort] =
      /^(\[[^\]]+\]|[^:]*|[^:]*:[^:]*:.*?)(?::(\d+))?$/u.exec(entry.trim().toLowerCase()) ?? [];
    if (name === '' || (entryPort !== undefined && entryPort !== port)) return false;
    return name === '*' || (name.includes('/') ? isInRange(host, name) : isHostOf(host, name));
  });
}

/** This computer: no proxy leads there. */
export function isLoopback({ hostname }: URL): boolean {
  const host = bareHost(hostname);
  return (
    host === 'localhost' || host === '::1' || host.endsWith('.localhost') || isInRange(host, '127.0.0.0/8')
  );
}

function isHostOf(host: string, entry: string): boolean {
  if (entry.startsWith('*.')) return host.endsWith(entry.slice(1));
  const name = bareHost(entry).replace(/^\./u, '');
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

function isInRange(host: string, range: string): boolean {
  const [net = '', bits = ''] = range.split('/');
  const [family, netFamily] = [isIP(host), isIP(net)];
  if (family === 0 || family !== netFamily || !/^\d{1,3}$/u.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(net, Number(bits), type);
  return list.check(host, type);
}

/** Without the brackets of an IPv6 address and without the dot at the end of a full name. */
function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, '').replace(/(?<=.)\.$/u, '');
}
