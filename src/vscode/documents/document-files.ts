import * as vscode from 'vscode';
import { toVtFeedsError } from '../../core/common/errors.ts';
import type { ErrorCode } from '../../core/common/errors.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import { hourOf } from '../../core/feed/slot.ts';
import { slotText } from '../../core/feed/slot-text.ts';
import type { LoadedDocument } from '../../core/reading/load-document.ts';
import type { DocumentAddress, Source } from '../../core/render/document-address.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import { fromDocumentUri } from './document-uri.ts';

/** A document as it was last made. */
export interface ShownDocument extends LoadedDocument {
  readonly address: DocumentAddress;
  /** Why there is nothing to read, where it is so. */
  readonly problem?: ErrorCode;
  readonly bytes: Uint8Array;
  /** Grows with every change. */
  readonly version: number;
}

/** Problems that a download mends. */
const LASTING: readonly ErrorCode[] = ['notStored', 'corrupt'];

/** Documents kept ready; the rest is made anew from the store when it is asked for. */
const KEPT = 12;

/**
 * The read-only files behind `vtfeeds:` documents. A file system rather than a content provider: VS Code then
 * restores documents at start-up by itself.
 */
export class DocumentFiles implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly kept = new Map<string, Promise<ShownDocument>>();
  private version = Date.now();

  private readonly refreshes = new vscode.EventEmitter<void>();

  readonly onDidChangeFile = this.changes.event;
  /** Documents may have changed; what is drawn above them as well. */
  readonly onDidRefresh = this.refreshes.event;

  constructor(
    private readonly threads: WorkerThreads,
    private readonly storeRoot: (source: Source) => string,
  ) {}

  /** The document behind `uri`, made now unless it is at hand. Fails with FileNotFound for a URI that is none of ours. */
  load(uri: vscode.Uri): Promise<ShownDocument> {
    const key = uri.toString();
    const found = this.kept.get(key);
    if (found !== undefined) return found;
    const address = fromDocumentUri(uri);
    if (address === undefined) return Promise.reject(vscode.FileSystemError.FileNotFound(uri));
    const made = this.make(address);
    const forget = (): void => {
      if (this.kept.get(key) === made) this.kept.delete(key);
    };
    // What may pass by itself is looked at anew the next time.
    made.then(({ problem }) => {
      if (problem !== undefined && !LASTING.includes(problem)) forget();
    }, forget);
    this.kept.set(key, made);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }

  /** A batch came or went: the documents that show it are made anew. Without a batch: all of them. */
  refresh(batch?: BatchId): void {
    this.version = Math.max(this.version + 1, Date.now());
    const changed = openDocuments().filter(({ address }) => batch === undefined || shows(address, batch));
    for (const key of [...this.kept.keys()]) {
      const address = fromDocumentUri(vscode.Uri.parse(key));
      if (batch === undefined || (address !== undefined && shows(address, batch))) this.kept.delete(key);
    }
    this.refreshes.fire();
    if (changed.length > 0) {
      this.changes.fire(changed.map(({ uri }) => ({ type: vscode.FileChangeType.Changed, uri })));
    }
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, version } = await this.load(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: version,
      size: bytes.byteLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.load(uri)).bytes;
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private async make(address: DocumentAddress): Promise<ShownDocument> {
    const { version } = this;
    const store = { root: this.storeRoot(address.source) };
    try {
      const loaded = await this.threads.read('loadDocument', { store, address });
      return { ...loaded, address, version, bytes: Buffer.from(loaded.text, 'utf8') };
    } catch (thrown) {
      const error = toVtFeedsError(thrown);
      const text = placeholder(address, error.code === 'notStored' ? undefined : error.message);
      const none = { links: [], records: [], page: 1, pages: 1 };
      return { ...none, text, address, version, problem: error.code, bytes: Buffer.from(text, 'utf8') };
    }
  }
}

/** The `vtfeeds:` documents of this window: those with a tab, read already or not, and those VS Code still holds. */
export function openDocuments(): readonly { readonly uri: vscode.Uri; readonly address: DocumentAddress }[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const held = vscode.workspace.textDocuments.map(({ uri }) => uri);
  const uris = new Map([...shown, ...held].map((uri) => [uri.toString(), uri]));
  return [...uris.values()].flatMap((uri) => {
    const address = fromDocumentUri(uri);
    return address === undefined ? [] : [{ uri, address }];
  });
}

function shows({ batch: shown }: DocumentAddress, batch: BatchId): boolean {
  return (
    batchKey(shown) === batchKey(batch) || (shown.feed === batch.feed && shown.slot === hourOf(batch.slot))
  );
}

/** Says in the document itself why there is nothing to read, as JSON so that its language stays true. */
function placeholder({ batch }: DocumentAddress, problem: string | undefined): string {
  const what = `${feedInfo(batch.feed).title} ${slotText(batch.slot)} UTC`;
  const sentence =
    problem ?? `${what} is not in the store. Click "Download it again" above this line to fetch it.`;
  // No second line: an editor that was scrolled down has to come back to this one.
  return JSON.stringify({ vt_feeds: sentence });
}
