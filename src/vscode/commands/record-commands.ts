import * as vscode from 'vscode';
import type { SavedArtifact } from '../../core/artifacts/artifact-saver.ts';
import type { Arrivals } from '../../core/catalog/arrivals.ts';
import { VtFeedsError, cancelled, hasCode } from '../../core/common/errors.ts';
import { artifactInfo } from '../../core/feed/artifact.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { FEEDS } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { RecordFacts } from '../../core/feed/record-facts.ts';
import { factsOf } from '../../core/feed/record-facts.ts';
import type { Minute } from '../../core/feed/slot.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { ArtifactId, ArtifactService } from '../artifacts/artifact-service.ts';
import { confirmSample } from '../artifacts/confirm-sample.ts';
import { showArtifact } from '../artifacts/show-artifact.ts';
import type { DocumentFiles } from '../documents/document-files.ts';
import { openDocument } from '../documents/open-document.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { withTransferProgress } from '../platform/transfer-progress.ts';
import { minuteOnly, parseArguments } from './arguments.ts';
import type { CommandArguments } from './arguments.ts';
import type { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import { recordAtCursor } from '../documents/record-at-cursor.ts';
import type { Prompts } from './prompts.ts';

/** The feeds whose records have artifacts. */
const ARTIFACT_FEEDS: readonly Feed[] = ['file_behaviours', 'files'];

interface FetchedArtifact extends SavedArtifact {
  /** `stored` when it was there already. */
  readonly status: 'downloaded' | 'stored';
}

interface RecordOf {
  readonly batch: BatchId<Minute>;
  readonly facts: RecordFacts;
}

export interface RecordCommandParts {
  readonly arrivals: Arrivals;
  readonly artifacts: ArtifactService;
  readonly batchCommands: BatchCommands;
  readonly files: DocumentFiles;
  readonly prompts: Prompts;
  readonly source: FeedSource;
  readonly threads: WorkerThreads;
}

/** Opens records, and fetches what the sandbox saw of them. */
export class RecordCommands {
  readonly map: CommandMap<'vtFeeds.openRecord' | 'vtFeeds.downloadArtifact' | 'vtFeeds.openArtifact'> = {
    'vtFeeds.openRecord': async (argument) => {
      const { batch, facts } = await this.record(parseArguments(argument), FEEDS);
      const source = this.parts.source.current;
      const uri = await openDocument(this.parts.files, { source, batch, view: 'record', id: facts.id });
      return { feed: batch.feed, time: batch.slot, id: facts.id, uri: uri.toString() };
    },
    'vtFeeds.downloadArtifact': async (argument) => {
      const { artifact, ...saved } = await this.fetchArtifact(parseArguments(argument));
      return resultOf(artifact, saved);
    },
    'vtFeeds.openArtifact': async (argument) => {
      const { artifact, ...saved } = await this.fetchArtifact(parseArguments(argument));
      await showArtifact(this.parts.threads, artifact, saved);
      return resultOf(artifact, saved);
    },
  };

  constructor(private readonly parts: RecordCommandParts) {}

  private async fetchArtifact(
    told: CommandArguments,
  ): Promise<FetchedArtifact & { readonly artifact: ArtifactId }> {
    const { artifacts, prompts } = this.parts;
    const { batch, facts } = await this.record(told, ARTIFACT_FEEDS);
    if (facts.artifacts.length === 0) throw new VtFeedsError('notFound', 'This record has no artifacts.');
    const kind = told.kind ?? (await prompts.artifact(facts.artifacts));
    const { title } = artifactInfo(kind);
    if (!facts.artifacts.includes(kind)) throw new VtFeedsError('notFound', `This record has no ${title}.`);
    const artifact: ArtifactId = { batch, id: facts.id, kind };
    const there = await artifacts.find(artifact);
    if (there !== undefined) return { ...there, artifact, status: 'stored' };
    const name = facts.summary.name;
    if (kind === 'sample' && !(await confirmSample(facts.id, typeof name === 'string' ? name : undefined))) {
      throw cancelled();
    }
    const saved = await withTransferProgress(`Fetching ${title}`, (signal, onEvent) =>
      artifacts.fetch(artifact, signal, onEvent),
    );
    return { ...saved, artifact, status: 'downloaded' };
  }

  /** The record a command means: the one it names, the one at the cursor, or the one that is chosen. */
  private async record(told: CommandArguments, feeds: readonly Feed[]): Promise<RecordOf> {
    const { batchCommands, files, prompts, source, threads } = this.parts;
    const active = vscode.window.activeTextEditor;
    const isUntold = told.feed === undefined && told.slot === undefined && told.id === undefined;
    const atCursor = isUntold && active !== undefined ? await recordAtCursor(files, active) : undefined;
    if (atCursor !== undefined) {
      source.require(atCursor.source);
      return { batch: atCursor.batch, facts: await this.facts(atCursor.batch, atCursor.id) };
    }
    const { feed, slot } = await prompts.batch(told, feeds);
    const batch = { feed, slot: minuteOnly(slot) };
    const arrived = told.id === undefined ? undefined : await this.arrivedFacts(batch, told.id);
    if (arrived !== undefined) return { batch, facts: arrived };
    await batchCommands.fetch(batch);
    if (told.id !== undefined) return { batch, facts: await this.facts(batch, told.id) };
    const all = await threads.read('listRecords', { store: source.store, batch });
    const { kind } = told;
    const fitting = kind === undefined ? all : all.filter(({ artifacts }) => artifacts.includes(kind));
    return { batch, facts: await prompts.record(fitting.filter(({ id }) => id !== '')) };
  }

  /** A record that can be read already, though its batch is still coming. */
  private async arrivedFacts(batch: BatchId<Minute>, id: string): Promise<RecordFacts | undefined> {
    if (!this.parts.arrivals.has(batch)) return undefined;
    try {
      return await this.facts(batch, id);
    } catch (error) {
      if (hasCode(error, 'notFound') || hasCode(error, 'notStored')) return undefined;
      throw error;
    }
  }

  private async facts(batch: BatchId<Minute>, id: string): Promise<RecordFacts> {
    const { store } = this.parts.source;
    const { line } = await this.parts.threads.read('findRecord', { store, batch, id });
    return factsOf(batch.feed, Buffer.from(line));
  }
}

function resultOf({ batch, id, kind }: ArtifactId, { path, bytes, status }: FetchedArtifact): object {
  return { feed: batch.feed, time: batch.slot, id, kind, status, path, bytes };
}
