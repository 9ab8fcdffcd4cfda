import type { ApiAccess } from '../core/api/api-gate.ts';
import type { ProbedFeed } from '../core/api/probe-feeds.ts';
import type { NetworkSettings } from '../core/api/undici-transport.ts';
import type { ErrorCode, ErrorFacts } from '../core/common/errors.ts';
import type { JobEvent } from '../core/download/progress.ts';
import type { ArtifactKind } from '../core/feed/artifact.ts';
import type { BatchId } from '../core/feed/batch-id.ts';
import type { Feed } from '../core/feed/feed.ts';
import type { RecordFacts } from '../core/feed/record-facts.ts';
import type { Hour, Minute } from '../core/feed/slot.ts';
import type { LoadedDocument } from '../core/reading/load-document.ts';
import type { DocumentAddress } from '../core/render/document-address.ts';
import type { StoreListing, StoredBatch, StoredPackage } from '../core/store/stored.ts';

/** What a worker needs to ask the API. It travels by message only, and is never logged. */
export interface Connection {
  readonly access: ApiAccess;
  readonly network: NetworkSettings;
}

/** Where batches lie. `owner` marks the temporary files of one job. */
export interface StorePlace {
  readonly root: string;
  readonly owner?: string;
}

/** Every method a worker answers: what goes in, what comes out. All of it survives a structured clone. */
interface WorkerMethods {
  readonly probe: {
    readonly in: { readonly connection: Connection; readonly feeds: readonly Feed[] };
    readonly out: readonly ProbedFeed[];
  };
  readonly downloadMinute: {
    readonly in: {
      readonly connection: Connection;
      readonly store: StorePlace;
      readonly id: BatchId<Minute>;
    };
    readonly out: StoredBatch;
  };
  readonly downloadHour: {
    readonly in: { readonly connection: Connection; readonly store: StorePlace; readonly id: BatchId<Hour> };
    readonly out: StoredPackage;
  };
  readonly downloadArtifact: {
    readonly in: {
      readonly connection: Connection;
      readonly store: StorePlace;
      readonly artifacts: string;
      readonly batch: BatchId<Minute>;
      readonly id: string;
      readonly kind: ArtifactKind;
    };
    readonly out: { readonly path: string; readonly bytes: number };
  };
  readonly listStore: { readonly in: { readonly store: StorePlace }; readonly out: StoreListing };
  readonly loadDocument: {
    readonly in: { readonly store: StorePlace; readonly address: DocumentAddress };
    readonly out: LoadedDocument;
  };
  readonly findRecord: {
    readonly in: { readonly store: StorePlace; readonly batch: BatchId<Minute>; readonly id: string };
    readonly out: { readonly line: string };
  };
  readonly listRecords: {
    readonly in: { readonly store: StorePlace; readonly batch: BatchId<Minute> };
    readonly out: readonly RecordFacts[];
  };
  /** `path` of a saved HTML report; its text comes back inert. */
  readonly loadReport: { readonly in: { readonly path: string }; readonly out: string };
  readonly exportBatch: {
    readonly in: { readonly store: StorePlace; readonly batch: BatchId; readonly target: string };
    readonly out: { readonly records: number; readonly bytes: number };
  };
  readonly deleteBatch: {
    readonly in: { readonly store: StorePlace; readonly id: BatchId };
    readonly out: null;
  };
  readonly clearStore: { readonly in: { readonly store: StorePlace }; readonly out: null };
  readonly evict: {
    readonly in: { readonly store: StorePlace; readonly maxBytes: number; readonly keep: readonly string[] };
    readonly out: readonly StoredBatch[];
  };
  readonly sweep: {
    readonly in: { readonly store: StorePlace; readonly ended?: string };
    readonly out: number;
  };
  readonly startSample: {
    readonly in: { readonly unlicensed: readonly Feed[]; readonly bytesPerSecond?: number };
    readonly out: { readonly origin: string; readonly key: string };
  };
}

export type MethodName = keyof WorkerMethods;
export type MethodInput<M extends MethodName> = WorkerMethods[M]['in'];
export type MethodOutput<M extends MethodName> = WorkerMethods[M]['out'];

/** From the client to the worker. */
export type WorkerRequest =
  | { readonly type: 'call'; readonly call: number; readonly method: MethodName; readonly input: unknown }
  | { readonly type: 'cancel'; readonly call: number };

/** From the worker to the client. Each call ends with one `result` or one `failure`. */
export type WorkerReply =
  | { readonly type: 'event'; readonly call: number; readonly event: JobEvent }
  | { readonly type: 'result'; readonly call: number; readonly output: unknown }
  | { readonly type: 'failure'; readonly call: number; readonly error: WireError };

/** An error as it crosses a thread. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly facts: ErrorFacts;
  readonly stack: string;
}
