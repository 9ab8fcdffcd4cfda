import type { ArtifactKind } from './artifact.ts';
import { FEED_LIFETIME_MS } from './window.ts';

const LINK =
  /^(?:https?:\/\/[^/?#@]+)?(\/api\/v3\/feeds\/(files|file[-_]behaviours)\/([A-Za-z0-9_-]{16,1024})\/(download|pcap|html|evtx|memdump))$/u;

export interface ArtifactLink {
  readonly kind: ArtifactKind;
  /** Path on the API's own origin, in the record's own spelling. The link's host is never used. */
  readonly path: string;
  /** When the link ends, Unix milliseconds; undefined where the token does not tell. */
  readonly expiresAt: number | undefined;
}

/**
 * Reads an artifact link of a record. Records spell `/feeds/file-behaviours/…`, the OpenAPI
 * `/feeds/file_behaviours/…`: both are taken, anything else is not a link to follow.
 */
export function parseArtifactLink(value: unknown): ArtifactLink | undefined {
  const match = typeof value === 'string' ? LINK.exec(value) : null;
  if (match === null) return undefined;
  const [, path = '', feed, token = '', last = ''] = match;
  if ((last === 'download') !== (feed === 'files')) return undefined;
  const kind = last === 'download' ? 'sample' : (last as ArtifactKind);
  return { kind, path, expiresAt: tokenExpiry(token) };
}

/**
 * A token is unpadded base64url of `<id>||v3||<unix seconds>||<64 hex>` (read off real records);
 * its link lives for seven days from that second.
 */
function tokenExpiry(token: string): number | undefined {
  const plain = Buffer.from(token, 'base64url').toString('latin1');
  const seconds = /\|\|v\d+\|\|(\d{9,11})\|\|[0-9a-f]{64}$/u.exec(plain)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000 + FEED_LIFETIME_MS;
}
