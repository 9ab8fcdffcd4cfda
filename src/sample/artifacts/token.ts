import { createHmac, timingSafeEqual } from 'node:crypto';

export interface TokenFacts {
  /** The record's id: a SHA-256, with `_<sandbox>` for a behaviour. */
  readonly id: string;
  /** When the token was made, Unix seconds; it lives as long as the feed does. */
  readonly seconds: number;
}

/** The token of a record's links: unpadded base64url of `<id>||v3||<unix seconds>||<64 hex>`, as in real records. */
export function artifactToken(seed: number, id: string, seconds: number): string {
  return Buffer.from(`${id}||v3||${String(seconds)}||${seal(seed, id, seconds).toString('hex')}`).toString(
    'base64url',
  );
}

/** What a token says, or undefined when {@link artifactToken} did not make it. */
export function readToken(seed: number, token: string): TokenFacts | undefined {
  const plain = Buffer.from(token, 'base64url').toString();
  const [, id, digits, mac] = /^(.+)\|\|v3\|\|(\d{1,12})\|\|([0-9a-f]{64})$/u.exec(plain) ?? [];
  if (id === undefined || digits === undefined || mac === undefined) return undefined;
  const seconds = Number(digits);
  return timingSafeEqual(seal(seed, id, seconds), Buffer.from(mac, 'hex')) ? { id, seconds } : undefined;
}

function seal(seed: number, id: string, seconds: number): Buffer {
  return createHmac('sha256', `sample feeds ${String(seed)}`)
    .update(`${id}\n${String(seconds)}`)
    .digest();
}
