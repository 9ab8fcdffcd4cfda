import * as vscode from 'vscode';
import type { Arrivals } from '../../core/catalog/arrivals.ts';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { DownloadQueue } from '../../core/catalog/download-queue.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { ArtifactService } from '../artifacts/artifact-service.ts';
import type { BatchService } from '../batches/batch-service.ts';
import type { StoreKeeper } from '../batches/store-keeper.ts';
import type { DocumentFiles } from '../documents/document-files.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { KeyStore } from '../platform/key-store.ts';
import type { Licences } from '../platform/licences.ts';
import type { Log } from '../platform/log.ts';
import type { RangeNotices } from '../ranges/range-notices.ts';
import type { RangeReports } from '../ranges/range-reports.ts';
import type { RangeService } from '../ranges/range-service.ts';
import type { TreeBuilder } from '../tree/tree-builder.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import { FollowCommands } from './follow-commands.ts';
import { internalId } from './internal.ts';
import type { InternalName } from './internal.ts';
import { internalCommands } from './internal-commands.ts';
import { KeyCommands } from './key-commands.ts';
import { Prompts } from './prompts.ts';
import { RangeCommands } from './range-commands.ts';
import { RecordCommands } from './record-commands.ts';
import { registerCommands } from './register-commands.ts';
import { StoreCommands } from './store-commands.ts';
import { ViewCommands } from './view-commands.ts';

export interface CommandParts {
  readonly arrivals: Arrivals;
  readonly artifacts: ArtifactService;
  readonly batches: BatchService;
  readonly builder: TreeBuilder;
  readonly catalog: Catalog;
  readonly files: DocumentFiles;
  readonly keeper: StoreKeeper;
  readonly keys: KeyStore;
  readonly licences: Licences;
  readonly log: Log;
  readonly notices: RangeNotices;
  readonly queue: DownloadQueue;
  readonly ranges: RangeService;
  readonly reports: RangeReports;
  readonly source: FeedSource;
  readonly threads: WorkerThreads;
  readonly view: vscode.TreeView<TreeNode>;
}

/** Builds and registers every command; one that is forgotten does not compile. */
export function createCommands(parts: CommandParts): vscode.Disposable {
  const prompts = new Prompts(parts.catalog);
  const { arrivals, batches, queue, source, files } = parts;
  const batchCommands = new BatchCommands(arrivals, batches, queue, source, files, prompts);
  const recordCommands = new RecordCommands({ ...parts, batchCommands, prompts });
  const map: CommandMap = {
    ...new KeyCommands(parts.keys, parts.source, parts.licences, parts.queue).map,
    ...batchCommands.map,
    ...new RangeCommands({ ...parts, prompts }).map,
    ...new FollowCommands(parts.ranges, parts.source, prompts).map,
    ...recordCommands.map,
    ...new StoreCommands({ ...parts, batchCommands, prompts }).map,
    ...new ViewCommands({ ...parts, prompts }).map,
  };
  return vscode.Disposable.from(
    registerCommands(map, parts.log),
    registerCommands(internalCommands({ ...parts, batchCommands, recordCommands }), parts.log, (name) =>
      internalId(name as InternalName),
    ),
  );
}
