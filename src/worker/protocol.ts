import type { ApiAccess } from '../core/api/api-gate.ts';
import type { ProbedFeed } from '../core/api/probe-feeds.ts';
import type { NetworkSettings } from '../core/api/network/network-settings.ts';
import type { ErrorCode, ErrorFacts } from '../core/common/errors.ts';
import type { JobEvent } from '../core/download/progress.ts';
import type { ArtifactKind } from '../core/feed/artifact.ts';
import type { BatchId } from '../core/feed/batch-id.ts';
import type { Feed } from '../core/feed/feed.ts';
import type { RecordFacts } from '../core/feed/record-facts.ts';
import type { Hour, Minute } from '../core/feed/slot.ts';
import type { PackedDocument } from '../core/reading/packed-document.ts';
import type { DocumentAddress } from '../core/render/document-address.ts';
import type { DayId, ListedDay, StoredDay } from '../core/store/stored-day.ts';
import type { StoredBatch, StoredPackage } from '../core/store/stored.ts';

/** What a worker needs to ask the API. It travels by message only, and is never logged. */
export interface Connection {
  readonly access: ApiAccess;
  readonly network: NetworkSettings;
  /** Nothing is asked before, Unix milliseconds; the service wanted it so. */
  readonly notBefore?: number;
}

/** Where batches lie. `owner` marks the temporary files of one job. */
export interface StorePlace {
  readonly root: string;
  readonly owner?: string;
}

/** How batches are unpacked: by threads in WebAssembly, or by the job's own thread in JavaScript. */
export type DecoderChoice = 'parallel' | 'portable';

/** What every download of batches takes. */
export interface DownloadInput {
  readonly connection: Connection;
  readonly store: StorePlace;
  readonly decoder: DecoderChoice;
}

/** Every method a worker answers: what goes in, what comes out. All of it survives a structured clone. */
interface WorkerMethods {
  readonly probe: {
    readonly in: { readonly connection: Connection; readonly feeds: readonly Feed[] };
    readonly out: readonly ProbedFeed[];
  };
  readonly downloadMinute: {
    readonly in: DownloadInput & { readonly id: BatchId<Minute> };
    readonly out: StoredBatch;
  };
  readonly downloadHour: {
    readonly in: DownloadInput & { readonly id: BatchId<Hour> };
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
  readonly listDays: { readonly in: { readonly store: StorePlace }; readonly out: readonly ListedDay[] };
  /** What is in some days. A few at a time: the answer is taken over in one go by a thread that must not wait. */
  readonly readDays: {
    readonly in: { readonly store: StorePlace; readonly days: readonly DayId[] };
    readonly out: readonly StoredDay[];
  };
  readonly loadDocument: {
    readonly in: {
      readonly store: StorePlace;
      readonly address: DocumentAddress;
      /** Shows a minute that is being downloaded as far as it has come. */
      readonly partial?: boolean;
    };
    readonly out: PackedDocument;
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
  /** `root`: where the artifacts of one source are kept. */
  readonly deleteArtifacts: { readonly in: { readonly root: string }; readonly out: null };
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
/** Methods that are served by a thread of another script than those of batches: what they load is large. */
export type ArtifactMethod = 'downloadArtifact' | 'loadReport';
export type SampleMethod = 'startSample';
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
