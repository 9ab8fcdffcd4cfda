import * as vscode from 'vscode';
import type { Arrivals } from '../core/catalog/arrivals.ts';
import type { Catalog } from '../core/catalog/catalog.ts';
import { toVtFeedsError } from '../core/common/errors.ts';
import { Throttle } from '../core/common/throttle.ts';
import type { StoreKeeper } from './batches/store-keeper.ts';
import type { DocumentFiles } from './documents/document-files.ts';
import { DocumentRefresh } from './documents/document-refresh.ts';
import { setContextKey } from './platform/context-keys.ts';
import type { FeedSource } from './platform/feed-source.ts';
import type { KeyStore } from './platform/key-store.ts';
import type { Licences } from './platform/licences.ts';
import type { Log } from './platform/log.ts';
import type { RangeNotices } from './ranges/range-notices.ts';
import type { RangeService } from './ranges/range-service.ts';
import { MinuteClock } from './platform/minute-clock.ts';
import type { StatusBar } from './status/status-bar.ts';
import { downloadsText } from './status/status-text.ts';
import type { FeedsTree } from './tree/feeds-tree.ts';
import type { TreeNode } from './tree/tree-node.ts';

export interface ConnectedParts {
  readonly arrivals: Arrivals;
  readonly catalog: Catalog;
  readonly context: vscode.ExtensionContext;
  readonly files: DocumentFiles;
  readonly keeper: StoreKeeper;
  readonly keys: KeyStore;
  readonly licences: Licences;
  readonly log: Log;
  readonly notices: RangeNotices;
  readonly ranges: RangeService;
  readonly source: FeedSource;
  readonly status: StatusBar;
  readonly tree: FeedsTree;
  readonly view: vscode.TreeView<TreeNode>;
}

/** How many downloads run is shown anew at most this often: batches may come by the hundred. */
const RUNNING_EVERY_MS = 200;

/** Lets the parts learn of each other's changes, and reads what is known from before. */
export function connect(parts: ConnectedParts): vscode.Disposable {
  const { arrivals, catalog, context, files, keeper, keys, licences, log } = parts;
  const { notices, ranges, source, status, tree, view } = parts;
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
    quietly('Changing to the ranges of another source', ranges.changeSource());
  };

  const running = new Throttle(() => {
    status.update();
    const { runningCount } = catalog;
    if (runningCount === (view.badge?.value ?? 0)) return;
    view.badge =
      runningCount === 0 ? undefined : { value: runningCount, tooltip: downloadsText(runningCount) };
  }, RUNNING_EVERY_MS);
  const documents = new DocumentRefresh(
    (batch) => {
      files.refresh(batch);
    },
    (hour) => catalog.isRunning(hour),
  );

  /** Nothing is read before somebody looks. */
  const readStore = (): void => {
    if (!view.visible) return;
    visible.dispose();
    quietly('Reading the store', keeper.ensureListed());
    // After the listing: that is what a person waits for.
    quietly(
      'Tidying the store',
      keeper.ensureListed().then(() => keeper.sweep()),
    );
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
  quietly('Going on with ranges', ranges.open());
  startWithSampleFeeds(context);

  const stops = [
    keys.onDidChange(() => {
      licences.doubt();
      showAccess();
    }),
    source.onDidChange(changeSource),
    ranges.onDidChange(() => {
      tree.refreshDownloads();
      running.ask();
      notices.tellSkipped();
    }),
    ranges.onDidStop((run) => {
      notices.tell(run);
    }),
    arrivals.onDidChange((batch) => {
      files.refresh(batch);
    }),
    catalog.onDidChange((batch) => {
      tree.refresh(batch);
      running.ask();
    }),
    catalog.onDidChangeStored((batch) => {
      documents.change(batch);
    }),
  ];
  return vscode.Disposable.from(
    visible,
    running,
    documents,
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
