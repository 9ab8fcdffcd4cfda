import * as vscode from 'vscode';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { VtFeedsError, cancelled } from '../../core/common/errors.ts';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { sizeText, recordsText } from '../../core/catalog/size-text.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import { isMinute } from '../../core/feed/slot.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import { availability } from '../../core/feed/window.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { StoreKeeper } from '../batches/store-keeper.ts';
import { fromDocumentUri } from '../documents/document-uri.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { withTransferProgress } from '../platform/transfer-progress.ts';
import { parseArguments } from './arguments.ts';
import type { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';

export interface StoreCommandParts {
  readonly catalog: Catalog;
  readonly keeper: StoreKeeper;
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
      return this.save(await this.batch(told), target);
    },
    'vtFeeds.deleteBatch': async (argument) => {
      const batch = await this.batch(parseArguments(argument));
      await this.parts.keeper.ensureListed();
      if (!this.parts.catalog.hasParts(batch)) throw nothingStored(batch);
      await this.confirmDelete(batch, argument !== undefined);
      await this.parts.keeper.delete(batch);
      return { feed: batch.feed, time: batch.slot, status: 'deleted' };
    },
    'vtFeeds.clearStore': async () => {
      await this.parts.keeper.ensureListed();
      const { count, bytes } = this.parts.catalog.totals();
      const what = `${batchesText(count)} (${sizeText(bytes)}) and every fetched artifact will be gone.`;
      await confirm(
        'Delete everything that was downloaded?',
        `${what} What is older than 7 days cannot be had again.`,
        'Delete All',
      );
      await this.parts.keeper.clear();
      void vscode.window.showInformationMessage(`Deleted ${batchesText(count)} and every fetched artifact.`);
      return { status: 'cleared' };
    },
  };

  /** Folder of the last save; the next one starts there. */
  private folder = homedir();

  constructor(private readonly parts: StoreCommandParts) {}

  /** What the command was told, or the batch of the document in front. */
  private async batch(told: ReturnType<typeof parseArguments>): Promise<BatchId> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const shown = active === undefined ? undefined : fromDocumentUri(active);
    if (told.feed !== undefined || told.slot !== undefined || shown === undefined)
      return this.parts.prompts.batch(told);
    this.parts.source.require(shown.source);
    return shown.batch;
  }

  private async save(batch: BatchId, given: string | undefined): Promise<object> {
    const target = given ?? (await this.askTarget(batch));
    if (given !== undefined && (await exists(given))) {
      await confirm('Replace the file that is there?', given, 'Replace');
    }
    const { batchCommands, threads, source } = this.parts;
    await batchCommands.fetch(batch);
    const input = { store: source.store, batch, target };
    const saved = await withTransferProgress('Saving batch', (signal) =>
      threads.run('exportBatch', input, { signal }),
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
    if (chosen.scheme !== 'file')
      throw new VtFeedsError('invalidArgument', 'A batch can be saved to the local disk only.');
    return chosen.fsPath;
  }

  /** A minute that is still served and was pointed at comes back with a click; else it is asked for. */
  private async confirmDelete({ feed, slot }: BatchId, wasNamed: boolean): Promise<void> {
    const isOld = availability(slot, Date.now()).state === 'tooOld';
    if (!isOld && wasNamed && isMinute(slot)) return;
    const what = `${feedInfo(feed).title} ${slotText(slot)} UTC`;
    const detail = isOld
      ? 'It is older than 7 days and cannot be downloaded again.'
      : 'It can be downloaded again for 7 days, which may count against the quota.';
    await confirm(`Delete ${what}${isMinute(slot) ? '' : ' with all its minutes'}?`, detail, 'Delete');
  }
}

function nothingStored({ feed, slot }: BatchId): VtFeedsError {
  const what = `${feedInfo(feed).title} ${slotText(slot)} UTC`;
  return new VtFeedsError('notFound', `Nothing of ${what} is in the store, so there is nothing to delete.`);
}

async function confirm(question: string, detail: string, button: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, button);
  if (answer !== button) throw cancelled();
}

/** `1 batch`, `12 batches`. */
function batchesText(count: number): string {
  return `${count.toLocaleString('en-US')} batch${count === 1 ? '' : 'es'}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
