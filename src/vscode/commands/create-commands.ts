import * as vscode from 'vscode';
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
import type { TreeBuilder } from '../tree/tree-builder.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import { internalId } from './internal.ts';
import type { InternalName } from './internal.ts';
import { internalCommands } from './internal-commands.ts';
import { KeyCommands } from './key-commands.ts';
import { Prompts } from './prompts.ts';
import { RecordCommands } from './record-commands.ts';
import { registerCommands } from './register-commands.ts';
import { StoreCommands } from './store-commands.ts';
import { ViewCommands } from './view-commands.ts';

export interface CommandParts {
  readonly artifacts: ArtifactService;
  readonly batches: BatchService;
  readonly builder: TreeBuilder;
  readonly catalog: Catalog;
  readonly files: DocumentFiles;
  readonly keeper: StoreKeeper;
  readonly keys: KeyStore;
  readonly licences: Licences;
  readonly log: Log;
  readonly queue: DownloadQueue;
  readonly source: FeedSource;
  readonly threads: WorkerThreads;
  readonly view: vscode.TreeView<TreeNode>;
}

/** Builds and registers every command; one that is forgotten does not compile. */
export function createCommands(parts: CommandParts): vscode.Disposable {
  const prompts = new Prompts(parts.catalog);
  const batchCommands = new BatchCommands(parts.batches, parts.queue, parts.source, parts.files, prompts);
  const recordCommands = new RecordCommands({ ...parts, batchCommands, prompts });
  const map: CommandMap = {
    ...new KeyCommands(parts.keys, parts.source, parts.licences, parts.queue).map,
    ...batchCommands.map,
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
