import type { Arrivals } from '../../core/catalog/arrivals.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import { hasCode } from '../../core/common/errors.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { shiftSlot } from '../../core/feed/slot.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import { newestMinute } from '../../core/feed/window.ts';
import type { BatchService, DownloadedBatch } from '../batches/batch-service.ts';
import type { DocumentFiles } from '../documents/document-files.ts';
import { openArriving } from '../documents/open-arriving.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { settings } from '../platform/settings.ts';
import { withTransferProgress } from '../platform/transfer-progress.ts';
import { parseArguments } from './arguments.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';

/** What the commands resolve with: plain, and never with the key in it. */
export interface BatchResult extends DownloadedBatch {
  readonly feed: Feed;
  readonly time: string;
  readonly uri?: string;
}

type Ids = 'vtFeeds.openBatch' | 'vtFeeds.openLatest' | 'vtFeeds.downloadBatch' | 'vtFeeds.cancelDownload';

/** Downloads batches and opens them. */
export class BatchCommands {
  readonly map: CommandMap<Ids> = {
    'vtFeeds.openBatch': async (argument) => {
      const { rendering, ...told } = parseArguments(argument);
      return this.open(await this.prompts.batch(told), rendering);
    },
    'vtFeeds.openLatest': async (argument) => {
      const { feed, rendering } = parseArguments(argument);
      return this.openLatest(feed ?? (await this.prompts.feed()), rendering);
    },
    'vtFeeds.downloadBatch': async (argument) => {
      const batch = await this.prompts.batch(parseArguments(argument));
      return resultOf(batch, await this.fetch(batch));
    },
    'vtFeeds.cancelDownload': async (argument) =>
      this.queue.cancel(await this.prompts.batch(parseArguments(argument))),
  };

  constructor(
    private readonly arrivals: Arrivals,
    private readonly batches: BatchService,
    private readonly queue: DownloadQueue,
    private readonly source: FeedSource,
    private readonly files: DocumentFiles,
    private readonly prompts: Prompts,
  ) {}

  /** Brings a batch into the store, with progress that can be cancelled. */
  async fetch(batch: BatchId): Promise<DownloadedBatch> {
    if (this.batches.isStored(batch)) return this.batches.ensureStored(batch);
    const title = `Downloading ${feedInfo(batch.feed).title} ${slotText(batch.slot)}`;
    return withTransferProgress(title, (signal, onEvent) =>
      this.batches.ensureStored(batch, { signal, onEvent }),
    );
  }

  private async open(batch: BatchId, rendering = settings.rendering()): Promise<BatchResult> {
    const address = { source: this.source.current, batch, view: rendering, page: 1 } as const;
    const { stored, uri } = await openArriving(this.files, this.arrivals, address, () => this.fetch(batch));
    return { ...resultOf(batch, stored), uri: uri.toString() };
  }

  /** Opens the newest minute, or one before where none was generated, as far as missing minutes are tolerated. */
  private async openLatest(feed: Feed, rendering?: 'summary' | 'full'): Promise<BatchResult> {
    const newest = newestMinute(Date.now());
    for (let back = 0; ; back++) {
      try {
        return await this.open({ feed, slot: shiftSlot(newest, -back) }, rendering);
      } catch (error) {
        const isEarly = back === 0 && hasCode(error, 'notAvailableYet');
        if (!isEarly && !hasCode(error, 'missingBatch')) throw error;
      }
    }
  }
}

function resultOf({ feed, slot }: BatchId, { status, records, bytes }: DownloadedBatch): BatchResult {
  return { feed, time: slot, status, records, bytes };
}
