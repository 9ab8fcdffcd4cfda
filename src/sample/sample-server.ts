import { createHash, randomBytes } from 'node:crypto';
import type { Feed } from '../core/feed/feed.ts';
import { isMinute } from '../core/feed/slot.ts';
import { ArtifactShelf } from './artifacts/artifact-shelf.ts';
import { Packages } from './batches/packages.ts';
import type { SampleWorld } from './batches/record-count.ts';
import { answerApi } from './http/api-origin.ts';
import { sendApiAnswer } from './http/api-answer.ts';
import { listenOnLoopback } from './http/loopback-server.ts';
import { RequestLog } from './http/request-log.ts';
import type { SampleRequest } from './http/request-log.ts';
import { serveStorage } from './http/storage-origin.ts';
import type { ObjectId } from './storage/object-key.ts';
import { LinkSigner } from './storage/signed-link.ts';
import { objectOf } from './storage/stored-object.ts';
import type { StoredObject } from './storage/stored-object.ts';

export interface SampleServerOptions {
  /** Default 1. The same seed and slot give the same bytes. */
  readonly seed?: number;
  /** The clock that lags, window and links go by, Unix milliseconds; default `Date.now`. */
  readonly now?: () => number;
  /** The key the API takes, 64 hex digits; default: another one at each start. */
  readonly key?: string;
  /** Feeds the key has no licence for; default none. */
  readonly unlicensed?: readonly Feed[];
  /** Records in each minute of each feed; by default 20 to 40, a fifth more or less. */
  readonly recordsPerMinute?: number;
  /** Speed of the storage, so that a person sees progress and can cancel; default unlimited. */
  readonly bytesPerSecond?: number;
}

export interface SampleServer {
  /** `http://127.0.0.1:PORT`, in the place of the API. */
  readonly origin: string;
  /** Another port: where the API's redirects lead. */
  readonly storageOrigin: string;
  readonly key: string;
  /** What was asked, newest last; the latest thousand. */
  readonly requests: readonly SampleRequest[];
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

/** Starts the sample feeds on two ports of 127.0.0.1: they answer as VirusTotal does, with made-up records. */
export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const { now = Date.now, key = randomBytes(32).toString('hex'), unlicensed = [], bytesPerSecond } = options;
  const world: SampleWorld = { seed: options.seed ?? 1, recordsPerMinute: options.recordsPerMinute };
  const [api, storage] = await Promise.all([listenOnLoopback(), listenOnLoopback()]);
  const packages = new Packages(world);
  const shelf = new ArtifactShelf(world, now, storage.origin);
  const signer = new LinkSigner(now);
  const log = new RequestLog();
  const link = (path: string): string => `${storage.origin}${signer.sign(path)}`;
  const find = (id: ObjectId): StoredObject | undefined =>
    id.kind === 'batch' ? batchObject(world, packages, id) : shelf.find(id.kind, id.token);

  api.serve((request, response) => {
    log.add('api', request);
    response.setHeader('Date', new Date(now()).toUTCString());
    sendApiAnswer(response, answerApi({ key, unlicensed, now, packages, shelf, link }, request));
  });
  storage.serve((request, response) => {
    log.add('storage', request);
    response.setHeader('Date', new Date(now()).toUTCString());
    // A client that goes away in the middle is no fault of the server's; anything else ends the connection too.
    serveStorage({ signer, find, bytesPerSecond }, request, response).catch(() => response.destroy());
  });

  return {
    origin: api.origin,
    storageOrigin: storage.origin,
    key,
    requests: log.requests,
    close: async () => {
      await Promise.all([api.close(), storage.close()]);
    },
  };
}

/**
 * An hour is sent as it is made, without a length: the first byte matters more than knowing the last,
 * and VirusTotal does not promise a length either.
 */
function batchObject(
  { seed, recordsPerMinute = -1 }: SampleWorld,
  packages: Packages,
  { batch: { feed, slot } }: Extract<ObjectId, { readonly kind: 'batch' }>,
): StoredObject {
  if (isMinute(slot)) return objectOf(packages.minute(feed, slot), 'application/x-bzip2');
  return {
    contentType: 'application/x-bzip2',
    etag: createHash('md5').update([seed, recordsPerMinute, feed, slot].join('\n')).digest('hex'),
    length: undefined,
    bytes: () => packages.hour(feed, slot),
  };
}
