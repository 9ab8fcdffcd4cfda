import * as vscode from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import { notAvailableYet, tooOld } from '../../core/api/refusal.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { isMinute } from '../../core/feed/slot.ts';
import { availability, newestMinute } from '../../core/feed/window.ts';
import type { Source } from '../../core/render/document-address.ts';
import type { StoreKeeper } from '../batches/store-keeper.ts';
import { fromDocumentUri } from '../documents/document-uri.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { Log } from '../platform/log.ts';
import type { TreeBuilder } from '../tree/tree-builder.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import { parseArguments } from './arguments.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';

export interface ViewCommandParts {
  readonly builder: TreeBuilder;
  readonly catalog: Catalog;
  readonly keeper: StoreKeeper;
  readonly log: Log;
  readonly prompts: Prompts;
  readonly queue: DownloadQueue;
  readonly source: FeedSource;
  readonly view: vscode.TreeView<TreeNode>;
}

type Ids =
  | 'vtFeeds.goToTime'
  | 'vtFeeds.refresh'
  | 'vtFeeds.useSampleFeeds'
  | 'vtFeeds.useVirusTotal'
  | 'vtFeeds.showLog';

/** What concerns the tree, the log, and where batches come from. */
export class ViewCommands {
  readonly map: CommandMap<Ids> = {
    'vtFeeds.goToTime': async (argument) => {
      const told = parseArguments(argument);
      const feed = told.feed ?? this.parts.view.selection[0]?.feed ?? shownFeed();
      return this.goTo(await this.parts.prompts.batch({ ...told, ...(feed === undefined ? {} : { feed }) }));
    },
    'vtFeeds.refresh': () => this.parts.keeper.reload(),
    'vtFeeds.useSampleFeeds': () => this.use('sample'),
    'vtFeeds.useVirusTotal': () => this.use('virustotal'),
    'vtFeeds.showLog': () => {
      this.parts.log.show();
      return Promise.resolve();
    },
  };

  constructor(private readonly parts: ViewCommandParts) {}

  /** Selects a time in the tree; what the tree cannot hold is an error that says why. */
  private async goTo(batch: BatchId): Promise<object> {
    const { builder, catalog, keeper, view } = this.parts;
    const { feed, slot } = batch;
    const now = Date.now();
    await this.parts.source.access();
    await keeper.ensureListed();
    if (slot > newestMinute(now).slice(0, slot.length)) throw notAvailableYet(slot, now);
    if (availability(slot, now).state === 'tooOld' && !catalog.hasParts(batch)) throw tooOld(slot);
    const node = isMinute(slot) ? builder.minute(feed, slot) : builder.hour(feed, slot);
    await view.reveal(node, { select: true, focus: true, expand: !isMinute(slot) });
    return { feed, time: slot };
  }

  private async use(source: Source): Promise<object> {
    await this.parts.queue.cancelAll();
    await this.parts.source.choose(source);
    await this.parts.keeper.ensureListed();
    await vscode.commands.executeCommand('vtFeeds.feeds.focus');
    return { source };
  }
}

/** The feed of the document in front. */
function shownFeed(): Feed | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri === undefined ? undefined : fromDocumentUri(uri)?.batch.feed;
}
