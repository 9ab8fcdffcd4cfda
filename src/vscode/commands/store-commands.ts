import * as vscode from 'vscode';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cancelled } from '../../core/common/errors.ts';
import { sizeText, recordsText } from '../../core/catalog/size-text.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import { availability } from '../../core/feed/window.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { BatchService } from '../batches/batch-service.ts';
import { fromDocumentUri } from '../documents/document-uri.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { withTransferProgress } from '../platform/transfer-progress.ts';
import { parseArguments } from './arguments.ts';
import type { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';

export interface StoreCommandParts {
  readonly batches: BatchService;
  readonly batchCommands: BatchCommands;
  readonly prompts: Prompts;
  readonly source: FeedSource;
  readonly threads: WorkerThreads;
}

/** Takes batches out of the store, as a copy or for good. */
export class StoreCommands {
  readonly map: CommandMap<'vtFeeds.saveBatchAs' | 'vtFeeds.deleteBatch' | 'vtFeeds.clearStore'> = {
    'vtFeeds.saveBatchAs': async (argument) => {
      const { target, ...told } = parseArguments(argument);
      const batch = await this.batch(told);
      await this.parts.batchCommands.fetch(batch);
      return this.save(batch, target);
    },
    'vtFeeds.deleteBatch': async (argument) => {
      const batch = await this.batch(parseArguments(argument));
      await this.confirmDelete(batch);
      await this.parts.batches.delete(batch);
      return { feed: batch.feed, time: batch.slot, status: 'deleted' };
    },
    'vtFeeds.clearStore': async () => {
      await confirm(
        'Delete all downloaded batches?',
        'Those older than 7 days cannot be downloaded again.',
        'Delete All',
      );
      await this.parts.batches.clear();
      return { status: 'cleared' };
    },
  };

  /** Folder of the last save; the next one starts there. */
  private folder = homedir();

  constructor(private readonly parts: StoreCommandParts) {}

  /** What the command was told, or the batch of the document in front. */
  private batch(told: ReturnType<typeof parseArguments>): Promise<BatchId> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const shown = active === undefined ? undefined : fromDocumentUri(active)?.batch;
    if (told.feed === undefined && told.slot === undefined && shown !== undefined)
      return Promise.resolve(shown);
    return this.parts.prompts.batch(told);
  }

  private async save(batch: BatchId, given: string | undefined): Promise<object> {
    const target = given ?? (await this.askTarget(batch));
    if (given !== undefined && (await exists(given))) {
      await confirm('Replace the file that is there?', given, 'Replace');
    }
    const { threads, source } = this.parts;
    const input = { store: { root: source.storeRoot() }, batch, target };
    const saved = await withTransferProgress('Saving batch', (signal) =>
      threads.read('exportBatch', input, { signal }),
    );
    this.folder = dirname(target);
    void vscode.window.showInformationMessage(
      `Saved ${recordsText(saved.records)}, ${sizeText(saved.bytes)}.`,
    );
    return { feed: batch.feed, time: batch.slot, status: 'saved', path: target, ...saved };
  }

  private async askTarget({ feed, slot }: BatchId): Promise<string> {
    const defaultUri = vscode.Uri.file(join(this.folder, `${feed}-${slot}.jsonl`));
    const filters = { 'JSON lines': ['jsonl'] };
    const title = `Save ${feedInfo(feed).title} ${slotText(slot)} UTC`;
    const chosen = await vscode.window.showSaveDialog({ defaultUri, filters, title });
    if (chosen === undefined) throw cancelled();
    return chosen.fsPath;
  }

  /** A batch that is still served comes back with a click; an older one is gone for good. */
  private async confirmDelete({ feed, slot }: BatchId): Promise<void> {
    if (availability(slot, Date.now()).state === 'available') return;
    const what = `${feedInfo(feed).title} ${slotText(slot)} UTC`;
    await confirm(`Delete ${what}?`, 'It is older than 7 days and cannot be downloaded again.', 'Delete');
  }
}

async function confirm(question: string, detail: string, button: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (answer !== button) throw cancelled();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
