import * as vscode from 'vscode';
import type { Catalog } from '../core/catalog/catalog.ts';
import { toVtFeedsError } from '../core/common/errors.ts';
import type { BatchService } from './batches/batch-service.ts';
import type { StoreKeeper } from './batches/store-keeper.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import { setContextKey } from './platform/context-keys.ts';
import type { FeedSource } from './platform/feed-source.ts';
import type { KeyStore } from './platform/key-store.ts';
import type { Licences } from './platform/licences.ts';
import type { Log } from './platform/log.ts';
import { MinuteClock } from './platform/minute-clock.ts';
import { downloadsText } from './status/status-bar.ts';
import type { StatusBar } from './status/status-bar.ts';
import type { FeedsTree } from './tree/feeds-tree.ts';
import type { TreeNode } from './tree/tree-node.ts';

export interface ConnectedParts {
  readonly batches: BatchService;
  readonly catalog: Catalog;
  readonly context: vscode.ExtensionContext;
  readonly files: DocumentFiles;
  readonly keeper: StoreKeeper;
  readonly keys: KeyStore;
  readonly licences: Licences;
  readonly log: Log;
  readonly source: FeedSource;
  readonly status: StatusBar;
  readonly tree: FeedsTree;
  readonly view: vscode.TreeView<TreeNode>;
}

/** Lets the parts learn of each other's changes, and reads what is known from before. */
export function connect(parts: ConnectedParts): vscode.Disposable {
  const { batches, catalog, context, files, keeper, keys, licences, log, source, status, tree, view } = parts;
  const quietly = (what: string, work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      log.error(what, toVtFeedsError(error));
    });
  };
  const showAccess = (): void => {
    setContextKey('vtFeeds.hasKey', keys.hasKey);
    setContextKey('vtFeeds.sampleFeeds', source.current === 'sample');
    setContextKey('vtFeeds.ready', source.hasAccess);
    setContextKey('vtFeeds.welcome', !source.hasAccess);
    status.update();
    tree.refresh();
  };
  const changeSource = (): void => {
    catalog.reset();
    licences.restore();
    showAccess();
    quietly('Reading the store', keeper.reload());
  };

  /** Nothing is read before somebody looks. */
  const readStore = (): void => {
    if (!view.visible) return;
    visible.dispose();
    quietly('Reading the store', keeper.ensureListed());
    quietly('Tidying the store', keeper.sweep());
  };
  const visible = view.onDidChangeVisibility(readStore);

  licences.restore();
  quietly(
    'Reading the key',
    keys.load().finally(() => {
      licences.restore();
      showAccess();
    }),
  );
  readStore();
  startWithSampleFeeds(context);

  const stops = [
    keys.onDidChange(() => {
      licences.doubt();
      showAccess();
    }),
    source.onDidChange(changeSource),
    catalog.onDidChange((batch) => {
      tree.refresh(batch);
      status.update();
      const { runningCount } = catalog;
      view.badge =
        runningCount === 0 ? undefined : { value: runningCount, tooltip: downloadsText(runningCount) };
      if (batch === undefined || batches.isStored(batch)) files.refresh(batch);
    }),
  ];
  return vscode.Disposable.from(
    visible,
    new MinuteClock(() => {
      tree.refresh();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && view.visible) quietly('Reading the store', keeper.reload());
    }),
    ...stops.map((stop) => new vscode.Disposable(stop)),
  );
}

/** `npm start` opens a development window with the sample feeds on. */
function startWithSampleFeeds({ extensionMode }: vscode.ExtensionContext): void {
  if (extensionMode !== vscode.ExtensionMode.Development) return;
  if (process.env.VTFEEDS_START_WITH_SAMPLE_FEEDS === '1')
    void vscode.commands.executeCommand('vtFeeds.useSampleFeeds');
}
