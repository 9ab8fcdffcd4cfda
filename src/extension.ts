import * as vscode from 'vscode';
import { ORIGIN_VARIABLE, chooseOrigin } from './core/api/origin.ts';
import { Arrivals } from './core/catalog/arrivals.ts';
import { Catalog } from './core/catalog/catalog.ts';
import { DownloadQueue } from './core/catalog/download-queue.ts';
import { Redactor } from './core/common/redact.ts';
import { batchKey } from './core/feed/batch-id.ts';
import { SystemClock } from './core/range/clock.ts';
import { DOCUMENT_SCHEME } from './core/render/document-address.ts';
import { ArtifactService } from './vscode/artifacts/artifact-service.ts';
import { BatchService } from './vscode/batches/batch-service.ts';
import { StoreKeeper } from './vscode/batches/store-keeper.ts';
import { createCommands } from './vscode/commands/create-commands.ts';
import { DocumentFiles, openDocuments } from './vscode/documents/document-files.ts';
import { DocumentLenses } from './vscode/documents/document-lenses.ts';
import { RecordLinks } from './vscode/links/record-links.ts';
import { FeedSource } from './vscode/platform/feed-source.ts';
import { KeyStore } from './vscode/platform/key-store.ts';
import { Licences } from './vscode/platform/licences.ts';
import { Log } from './vscode/platform/log.ts';
import { SampleFeeds } from './vscode/platform/sample-feeds.ts';
import { settings } from './vscode/platform/settings.ts';
import { RangeNotices } from './vscode/ranges/range-notices.ts';
import { REPORT_SCHEME, RangeReports } from './vscode/ranges/range-reports.ts';
import { RangeService } from './vscode/ranges/range-service.ts';
import { StatusBar } from './vscode/status/status-bar.ts';
import { DownloadNodes } from './vscode/tree/download-nodes.ts';
import { FeedsTree } from './vscode/tree/feeds-tree.ts';
import { TreeBuilder } from './vscode/tree/tree-builder.ts';
import { connect } from './vscode/connect.ts';
import { WorkerThreads } from './worker/worker-threads.ts';

/** Builds the parts, hands them to each other, registers them. */
export function activate(context: vscode.ExtensionContext): void {
  const { globalState, globalStorageUri, secrets, subscriptions, extensionUri } = context;
  const redactor = new Redactor();
  const channel = vscode.window.createOutputChannel('VT Feeds', { log: true });
  const log = new Log(channel, redactor);
  const { origin, refused } = chooseOrigin(process.env[ORIGIN_VARIABLE]);
  if (refused !== undefined) log.warn(refused);

  const threads = new WorkerThreads(vscode.Uri.joinPath(extensionUri, 'dist').fsPath);
  const keys = new KeyStore(secrets, redactor, origin);
  const samples = new SampleFeeds(threads, redactor);
  const source = new FeedSource(origin, keys, samples, globalState, globalStorageUri.fsPath);
  const arrivals = new Arrivals();
  const catalog = new Catalog();
  const licences = new Licences(source, threads, catalog, globalState);
  const queue = new DownloadQueue(() => settings.concurrency());
  const openBatches = (): string[] => [
    ...openDocuments().map(({ address }) => batchKey(address.batch)),
    ...ranges.heldHours(),
  ];
  const maxStoreBytes = (): number => settings.maxStoreBytes();
  const keeper = new StoreKeeper({ catalog, log, maxStoreBytes, openBatches, queue, source, threads });
  const batches = new BatchService({ arrivals, catalog, queue, threads, source, keeper, log });
  const artifacts = new ArtifactService(threads, source, log);
  const files = new DocumentFiles(
    threads,
    (of) => source.storeRoot(of),
    ({ source: of, batch }) => of === source.current && arrivals.has(batch),
  );
  const ranges = new RangeService({
    ...{ batches, catalog, keeper, source, maxStoreBytes, limits: settings, clock: new SystemClock() },
    onError: (error) => {
      log.error('Writing down a range', error);
    },
  });
  const reports = new RangeReports(ranges);
  const notices = new RangeNotices(ranges, reports, log);
  const downloads = new DownloadNodes(() => ranges.shown, Date.now);
  const builder = new TreeBuilder(catalog, Date.now, downloads);
  const tree = new FeedsTree(builder, () => source.hasAccess, Date.now);
  const view = vscode.window.createTreeView('vtFeeds.feeds', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const status = new StatusBar(source, catalog, ranges);

  subscriptions.push(
    channel,
    keys,
    view,
    tree,
    status,
    ranges,
    reports,
    { dispose: () => void threads.dispose() },
    vscode.workspace.registerFileSystemProvider(DOCUMENT_SCHEME, files, {
      isReadonly: true,
      isCaseSensitive: true,
    }),
    vscode.workspace.registerTextDocumentContentProvider(REPORT_SCHEME, reports),
    vscode.languages.registerCodeLensProvider({ scheme: DOCUMENT_SCHEME }, new DocumentLenses(files)),
    vscode.languages.registerDocumentLinkProvider({ scheme: DOCUMENT_SCHEME }, new RecordLinks(files)),
    createCommands({
      arrivals,
      artifacts,
      batches,
      builder,
      catalog,
      files,
      keeper,
      keys,
      licences,
      log,
      notices,
      queue,
      ranges,
      reports,
      source,
      threads,
      view,
    }),
    connect({
      arrivals,
      catalog,
      files,
      keeper,
      keys,
      licences,
      log,
      notices,
      ranges,
      source,
      status,
      tree,
      view,
      context,
    }),
  );
}
