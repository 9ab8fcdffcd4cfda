import { parseApiKey } from '../../core/api/api-key.ts';
import type { ApiKey } from '../../core/api/api-key.ts';
import { Emitter } from '../../core/common/emitter.ts';
import type { Redactor } from '../../core/common/redact.ts';

interface Listening {
  dispose(): unknown;
}

/** The part of VS Code's secret storage that a key needs. */
export interface Secrets {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
  readonly onDidChange: (listener: (event: { readonly key: string }) => void) => Listening;
}

/** The API key of one origin, in VS Code's secret storage. Every key that was seen is taken out of the log. */
export class KeyStore {
  private readonly name: string;
  private readonly changes = new Emitter<undefined>();
  private readonly listening: Listening;
  private current: ApiKey | undefined;

  /** Also when another window changed the key. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly secrets: Secrets,
    private readonly redactor: Redactor,
    origin: string,
  ) {
    this.name = `vtFeeds.apiKey:${origin}`;
    this.listening = secrets.onDidChange(({ key }) => {
      // Without a keyring the storage may refuse; then the next request says so.
      if (key === this.name) this.load().catch(() => undefined);
    });
  }

  /** Whether there is a key, as far as is known; {@link load} finds out. */
  get hasKey(): boolean {
    return this.current !== undefined;
  }

  /** The key as it is stored now. What cannot be a key counts as none. */
  async load(): Promise<ApiKey | undefined> {
    const before = this.current;
    this.current = parseApiKey((await this.secrets.get(this.name)) ?? '');
    if (this.current !== undefined) this.redactor.add(this.current);
    if (this.current !== before) this.changes.emit(undefined);
    return this.current;
  }

  async set(key: ApiKey): Promise<void> {
    this.redactor.add(key);
    await this.secrets.store(this.name, key);
    await this.load();
  }

  async clear(): Promise<void> {
    await this.secrets.delete(this.name);
    await this.load();
  }

  dispose(): void {
    this.listening.dispose();
  }
}
