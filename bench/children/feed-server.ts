// Answers as VirusTotal does, with the bench's batches, until its input is closed. Prints its origin.
import { createReadStream, readFileSync } from 'node:fs';
import { onInputClosed } from '../../test/support/host/end-with-parent.ts';
import { isMinute, parseSlot } from '../../src/core/feed/slot.ts';
import type { Hour, Minute, Slot } from '../../src/core/feed/slot.ts';
import { NO_METHOD, WRONG_KEY, notFound, sendApiAnswer } from '../../src/sample/http/api-answer.ts';
import type { ApiAnswer } from '../../src/sample/http/api-answer.ts';
import { parseApiPath } from '../../src/sample/http/api-route.ts';
import { listenOnLoopback } from '../../src/sample/http/loopback-server.ts';
import { serveStorage } from '../../src/sample/http/storage-origin.ts';
import { objectPath } from '../../src/sample/storage/object-key.ts';
import type { ObjectId } from '../../src/sample/storage/object-key.ts';
import { LinkSigner } from '../../src/sample/storage/signed-link.ts';
import { objectOf } from '../../src/sample/storage/stored-object.ts';
import type { StoredObject } from '../../src/sample/storage/stored-object.ts';
import { childInput, report } from './child.ts';

export interface FeedServerInput {
  readonly key: string;
  /** Path of what every minute of the files feed holds, but for the large one. */
  readonly minute: string;
  readonly large: { readonly slot: Minute; readonly path: string };
  readonly hour: { readonly slot: Hour; readonly path: string };
}

export interface FeedServerReport {
  readonly origin: string;
}

const { key, minute, large, hour } = childInput() as FeedServerInput;
const objects = new Map([minute, large.path, hour.path].map((path) => [path, objectOfFile(path)]));
const [api, storage] = await Promise.all([listenOnLoopback(), listenOnLoopback()]);
const signer = new LinkSigner(Date.now);

api.serve((request, response) => {
  sendApiAnswer(response, answer(request.method, request.url ?? '', request.headers['x-apikey']));
});
storage.serve((request, response) => {
  serveStorage({ signer, find, bytesPerSecond: undefined }, request, response).catch(() =>
    response.destroy(),
  );
});
onInputClosed(() => process.exit());
report({ origin: api.origin } satisfies FeedServerReport);

function answer(method: string | undefined, url: string, given: unknown): ApiAnswer {
  if (method !== 'GET') return NO_METHOD;
  if (given !== key) return WRONG_KEY;
  const route = parseApiPath(url);
  const slot = route !== undefined && 'time' in route ? parseSlot(route.time) : undefined;
  if (route?.feed !== 'files' || slot === undefined || fileOf(slot) === undefined) return notFound(url);
  const path = objectPath({ kind: 'batch', batch: { feed: route.feed, slot } });
  return { status: 302, location: `${storage.origin}${signer.sign(path)}` };
}

function find(id: ObjectId): StoredObject | undefined {
  return id.kind === 'batch' ? objects.get(fileOf(id.batch.slot) ?? '') : undefined;
}

function fileOf(slot: Slot): string | undefined {
  if (!isMinute(slot)) return slot === hour.slot ? hour.path : undefined;
  return slot === large.slot ? large.path : minute;
}

/** The object's check sums are made once; its bytes are read anew for everyone who asks. */
function objectOfFile(path: string): StoredObject {
  const object = objectOf(readFileSync(path), 'application/x-bzip2');
  return {
    ...object,
    bytes: () => createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>,
  };
}
