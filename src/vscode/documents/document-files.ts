import * as vscode from 'vscode';
import { toVtFeedsError } from '../../core/common/errors.ts';
import type { ErrorCode } from '../../core/common/errors.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { BatchId } from '../../core/feed/batch-id.ts';
import { DocumentLines } from '../../core/reading/document-lines.ts';
import type { PackedDocument } from '../../core/reading/packed-document.ts';
import type { DocumentAddress, Source } from '../../core/render/document-address.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import { fromDocumentUri } from './document-uri.ts';
import { placeholder } from './placeholder.ts';

/** A document as it was last made. */
export interface ShownDocument extends Omit<PackedDocument, 'lines'> {
  readonly lines: DocumentLines;
  readonly address: DocumentAddress;
  /** Why there is nothing to read, where it is so. */
  readonly problem?: ErrorCode;
  readonly bytes: Uint8Array;
  /** Grows with every change. */
  readonly version: number;
}

interface KeptDocument {
  readonly uri: vscode.Uri;
  /** The key of its batch. */
  readonly batch: string;
  readonly made: Promise<ShownDocument>;
}

/** Problems that a download mends. */
const LASTING: readonly ErrorCode[] = ['notStored', 'corrupt'];

/** Documents kept ready; the rest is made anew from the store when it is asked for. */
const KEPT = 12;

/** In the place of a batch's key. */
const EVERY_BATCH = '';

/**
 * The read-only files behind `vtfeeds:` documents. A file system rather than a content provider: VS Code then
 * restores documents at start-up by itself.
 */
export class DocumentFiles implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly kept = new Map<string, KeptDocument>();
  /** Keys of the batches that have changed since VS Code was told: changes that come together are one to it. */
  private readonly changed = new Set<string>();
  /** Documents let go of since then. One may be on its way into an editor: VS Code holds it and does not list it yet. */
  private readonly letGo = new Map<string, vscode.Uri>();
  private version = Date.now();

  private readonly refreshes = new vscode.EventEmitter<void>();

  readonly onDidChangeFile = this.changes.event;
  /** Documents may have changed; what is drawn above them as well. */
  readonly onDidRefresh = this.refreshes.event;

  /** `isArriving`: whether a batch that is not stored yet can be read as far as it has come. */
  constructor(
    private readonly threads: WorkerThreads,
    private readonly storeRoot: (source: Source) => string,
    private readonly isArriving: (address: DocumentAddress) => boolean,
  ) {}

  /** The document behind `uri`, made now unless it is at hand. Fails with FileNotFound for a URI that is none of ours. */
  load(uri: vscode.Uri): Promise<ShownDocument> {
    const key = uri.toString();
    const found = this.kept.get(key);
    if (found !== undefined) return found.made;
    const address = fromDocumentUri(uri);
    if (address === undefined) return Promise.reject(vscode.FileSystemError.FileNotFound(uri));
    const made = this.make(address);
    const forget = (): void => {
      if (this.kept.get(key)?.made === made) this.kept.delete(key);
    };
    // What may pass by itself is looked at anew the next time.
    made.then(({ problem }) => {
      if (problem !== undefined && !LASTING.includes(problem)) forget();
    }, forget);
    this.kept.set(key, { uri, batch: batchKey(address.batch), made });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }

  /** A batch came or went: its own documents are made anew, not those of its hour. Without a batch: all of them. */
  refresh(batch?: BatchId): void {
    this.version = Math.max(this.version + 1, Date.now());
    const changed = batch === undefined ? EVERY_BATCH : batchKey(batch);
    for (const [key, { batch: shown, uri }] of this.kept) {
      if (changed !== EVERY_BATCH && changed !== shown) continue;
      this.kept.delete(key);
      this.letGo.set(key, uri);
    }
    if (this.changed.size === 0) {
      setImmediate(() => {
        this.tellChanges();
      });
    }
    this.changed.add(changed);
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

  private tellChanges(): void {
    const shown = openDocuments().filter(
      ({ address }) => this.changed.has(EVERY_BATCH) || this.changed.has(batchKey(address.batch)),
    );
    for (const { uri } of shown) this.letGo.set(uri.toString(), uri);
    const changes = [...this.letGo.values()].map((uri) => ({ type: vscode.FileChangeType.Changed, uri }));
    this.changed.clear();
    this.letGo.clear();
    this.refreshes.fire();
    if (changes.length > 0) this.changes.fire(changes);
  }

  private async make(address: DocumentAddress): Promise<ShownDocument> {
    const { version } = this;
    const store = { root: this.storeRoot(address.source) };
    try {
      const loaded = await this.threads.read('loadDocument', {
        store,
        address,
        partial: this.isArriving(address),
      });
      const lines = new DocumentLines(loaded.lines);
      return { ...loaded, lines, address, version, bytes: Buffer.from(loaded.text, 'utf8') };
    } catch (thrown) {
      const error = toVtFeedsError(thrown);
      const text = placeholder(address, error.code === 'notStored' ? undefined : error.message);
      const none = { lines: DocumentLines.none(address.batch.feed), page: 1, pages: 1 };
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
