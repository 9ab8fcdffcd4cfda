import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectId } from '../storage/object-key.ts';
import { parseObjectPath } from '../storage/object-key.ts';
import type { LinkSigner } from '../storage/signed-link.ts';
import type { StoredObject } from '../storage/stored-object.ts';
import { byteRange, cut } from './byte-range.ts';
import { paced } from './pace.ts';

export interface StorageParts {
  readonly signer: LinkSigner;
  readonly find: (id: ObjectId) => StoredObject | undefined;
  /** Undefined: as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
}

const REFUSALS = {
  wrong: [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
  ],
  expired: [403, 'ExpiredToken', 'The provided token has expired.'],
  noSuchKey: [404, 'NoSuchKey', 'The specified key does not exist.'],
} as const;

/** The second origin: serves to whoever has a good link, in whole or from where a download broke off. */
export async function serveStorage(
  parts: StorageParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://storage.invalid');
  const state = parts.signer.check(url.pathname, url.searchParams);
  if (state !== 'good') {
    refuse(response, state);
    return;
  }
  const id = parseObjectPath(url.pathname);
  const object = id === undefined ? undefined : parts.find(id);
  if (object === undefined) {
    refuse(response, 'noSuchKey');
    return;
  }
  const wantsPart =
    request.headers.range !== undefined && isSame(request.headers['if-range']?.toString(), object);
  const body = wantsPart && object.length === undefined ? await whole(object) : object;
  const range = wantsPart ? byteRange(request.headers.range, body.length ?? 0) : { kind: 'whole' as const };
  writeHead(response, body, range);
  if (range.kind === 'none' || request.method === 'HEAD') {
    response.end();
    return;
  }
  await sendBody(
    parts,
    response,
    range.kind === 'part' ? cut(body.bytes(), range.from, range.to) : cut(body.bytes(), 0, Infinity),
  );
}

function refuse(response: ServerResponse, why: keyof typeof REFUSALS): void {
  const [status, code, message] = REFUSALS[why];
  const xml = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, {
    'Content-Type': 'application/xml; charset=UTF-8',
    'Content-Length': xml.length,
  });
  response.end(xml);
}

function isSame(validator: string | undefined, { etag }: StoredObject): boolean {
  return validator === undefined || validator === `"${etag}"`;
}

/** A part can only be named once the length is known. */
async function whole(object: StoredObject): Promise<StoredObject> {
  const pieces: Buffer[] = [];
  for await (const piece of object.bytes()) pieces.push(piece);
  return { ...object, length: pieces.reduce((sum, { length }) => sum + length, 0), bytes: () => pieces };
}

function writeHead(
  response: ServerResponse,
  { contentType, etag, length, hashes }: StoredObject,
  range: ReturnType<typeof byteRange>,
): void {
  response.setHeader('Content-Type', contentType);
  response.setHeader('ETag', `"${etag}"`);
  response.setHeader('Accept-Ranges', 'bytes');
  if (hashes !== undefined) response.setHeader('x-goog-hash', hashes);
  switch (range.kind) {
    case 'whole':
      if (length !== undefined) response.setHeader('Content-Length', length);
      response.statusCode = 200;
      break;
    case 'part':
      response.setHeader('Content-Length', range.to - range.from);
      response.setHeader(
        'Content-Range',
        `bytes ${String(range.from)}-${String(range.to - 1)}/${String(length ?? 0)}`,
      );
      response.statusCode = 206;
      break;
    case 'none':
      response.setHeader('Content-Range', `bytes */${String(length ?? 0)}`);
      response.setHeader('Content-Length', 0);
      response.statusCode = 416;
  }
}

async function sendBody(
  { bytesPerSecond }: StorageParts,
  response: ServerResponse,
  body: AsyncIterable<Buffer>,
): Promise<void> {
  const ended = new AbortController();
  response.once('close', () => {
    ended.abort();
  });
  const pieces = bytesPerSecond === undefined ? body : paced(body, bytesPerSecond, ended.signal);
  await pipeline(Readable.from(pieces, { objectMode: false }), response);
}
