import type * as vscode from 'vscode';
import { join } from 'node:path';
import type { ApiAccess } from '../../core/api/api-gate.ts';
import type { ApiKey } from '../../core/api/api-key.ts';
import { noApiKey } from '../../core/api/api-key.ts';
import { VtFeedsError } from '../../core/common/errors.ts';
import { Emitter } from '../../core/common/emitter.ts';
import type { Source } from '../../core/render/document-address.ts';
import type { Connection, StorePlace } from '../../worker/protocol.ts';
import { KeyPauses } from './key-pauses.ts';
import type { KeyStore } from './key-store.ts';
import type { SampleFeeds } from './sample-feeds.ts';
import { settings } from './settings.ts';

const SOURCE_KEY = 'vtFeeds.source';

/** Where batches come from now, VirusTotal or the sample feeds: whom to ask, and in which folders the answers lie. */
export class FeedSource {
  private readonly changes = new Emitter<undefined>();
  private readonly pauses = new KeyPauses();

  readonly onDidChange = this.changes.event;

  constructor(
    private readonly origin: string,
    private readonly keys: KeyStore,
    private readonly samples: SampleFeeds,
    private readonly state: vscode.Memento,
    private readonly storage: string,
  ) {}

  get current(): Source {
    return this.state.get(SOURCE_KEY) === 'sample' ? 'sample' : 'virustotal';
  }

  /** Whether batches can be asked for at all. */
  get hasAccess(): boolean {
    return this.current === 'sample' || this.keys.hasKey;
  }

  /** The right to ask the current source. Fails with `noApiKey`. */
  async access(): Promise<ApiAccess> {
    if (this.current === 'sample') return this.samples.access();
    const apiKey = await this.keys.load();
    if (apiKey === undefined) throw noApiKey();
    return { origin: this.origin, apiKey };
  }

  /** VirusTotal with a key that is not stored, to find out what it is good for. */
  accessWith(apiKey: ApiKey): ApiAccess {
    return { origin: this.origin, apiKey };
  }

  /** Fails with `otherSource` unless `source` is the current one: what one source shows is never asked of the other. */
  require(source: Source): void {
    if (source === this.current) return;
    const [shown, on] =
      source === 'sample' ? ['the sample feeds', 'VirusTotal'] : ['VirusTotal', 'the sample feeds'];
    throw new VtFeedsError(
      'otherSource',
      `This document is of ${shown}, but ${on} is on now. Switch to ${shown} first.`,
    );
  }

  async choose(source: Source): Promise<void> {
    await this.state.update(SOURCE_KEY, source);
    if (source === 'virustotal') await this.samples.stop();
    this.changes.emit(undefined);
  }

  /** What a worker needs to ask the current source. Fails with `noApiKey`. */
  async connection(): Promise<Connection> {
    const access = await this.access();
    return { access, network: settings.network(), notBefore: this.pauses.notBefore(access.apiKey) };
  }

  /** Whoever asks next with the same key waits as long as this error says, should it say so. */
  heed({ access }: Connection, error: VtFeedsError): void {
    this.pauses.heed(access.apiKey, error);
  }

  /** Where the current source's batches lie, as a worker is told. */
  get store(): StorePlace {
    return { root: this.storeRoot(this.current) };
  }

  /** Folder of a source's batches. Synthetic records never mix with real ones. */
  storeRoot(source: Source): string {
    return join(this.folder(source), 'batches');
  }

  /** Folder of a source's artifacts. */
  artifactRoot(): string {
    return join(this.folder(this.current), 'artifacts');
  }

  /** Folder in which the current source's ranges and follows are written down. */
  taskRoot(): string {
    return join(this.folder(this.current), 'ranges');
  }

  private folder(source: Source): string {
    return source === 'sample' ? join(this.storage, 'sample') : this.storage;
  }
}
