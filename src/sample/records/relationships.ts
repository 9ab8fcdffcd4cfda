import { createHash } from 'node:crypto';
import type { Json, JsonObject } from './json.ts';
import type { Random } from './random.ts';
import { hostName, ipv4 } from './hosts.ts';

const API = 'https://www.virustotal.com/api/v3';
/** Where real records cut a relationship. */
const MOST = 20;

/** The record's own address, `collection` being the plural of its type. */
export function selfLink(collection: string, id: string): string {
  return `${API}/${collection}/${id}`;
}

/** A relation to many: at most twenty of `data`, with a cursor where there are more. */
export function relationToMany(self: string, name: string, data: readonly Json[] = []): JsonObject {
  const page = `${self}/relationships/${name}?limit=${String(MOST)}`;
  const links = { related: `${self}/${name}`, self: page };
  if (data.length <= MOST) return { data, links };
  const cursor = Buffer.from(`limit:${String(MOST)}|offset:${String(data.length)}`.padEnd(27, '|')).toString(
    'base64',
  );
  return {
    data: data.slice(0, MOST),
    links: { ...links, next: `${page}&cursor=${cursor}` },
    meta: { cursor },
  };
}

/** A relation to one. */
export function relationToOne(self: string, name: string, data: JsonObject): JsonObject {
  return {
    data,
    links: { related: `${self}/${name}`, self: `${self}/relationships/${name}` },
    meta: { count: 1 },
  };
}

export function fileRefs(random: Random, count: number): readonly Json[] {
  return repeat(count, () => ({ id: random.hex(64), type: 'file' }));
}

export function domainRefs(random: Random, count: number): readonly Json[] {
  return repeat(count, () => ({ id: hostName(random), type: 'domain' }));
}

export function addressRefs(random: Random, count: number): readonly Json[] {
  return repeat(count, () => ({ id: ipv4(random), type: 'ip_address' }));
}

export function urlRefs(random: Random, count: number): readonly Json[] {
  return repeat(count, () => {
    const url = `https://${hostName(random)}/${random.hex(random.int(0, 12))}`;
    return { context_attributes: { url }, id: sha256(url), type: 'url' };
  });
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `count` values made one after the other. */
export function repeat<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
