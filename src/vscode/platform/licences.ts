import type * as vscode from 'vscode';
import type { ApiKey } from '../../core/api/api-key.ts';
import type { Catalog, LicenceState } from '../../core/catalog/catalog.ts';
import { FEEDS, feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from './feed-source.ts';
import { settings } from './settings.ts';

/** What a key may do with each feed. */
export type LicenceMap = Readonly<Record<Feed, LicenceState>>;

const LICENCES_KEY = 'vtFeeds.licences';

/** Which feeds the key opens: asked once after the key is set, remembered from then on. */
export class Licences {
  constructor(
    private readonly source: FeedSource,
    private readonly threads: WorkerThreads,
    private readonly catalog: Catalog,
    private readonly state: vscode.Memento,
  ) {}

  /** Shows what was found out the last time. */
  restore(): void {
    const known = this.state.get<Partial<Record<Feed, LicenceState>>>(LICENCES_KEY, {});
    for (const feed of FEEDS) {
      this.catalog.setLicence(
        feed,
        this.source.current === 'virustotal' ? (known[feed] ?? 'unknown') : 'licensed',
      );
    }
  }

  /** Asks for the newest minute of each feed with `apiKey`; fails as any request does, with `wrongApiKey` above all. */
  async check(apiKey: ApiKey, signal: AbortSignal): Promise<LicenceMap> {
    const connection = { access: this.source.accessWith(apiKey), network: settings.network() };
    const found = await this.threads.run('probe', { connection, feeds: FEEDS }, { signal });
    return Object.fromEntries(found.map(({ feed, licence }) => [feed, licence])) as LicenceMap;
  }

  /** Keeps and shows what was found out of the key; nothing, where it could not be found out. */
  async remember(licences: LicenceMap | undefined): Promise<void> {
    await this.state.update(LICENCES_KEY, licences);
    this.restore();
  }

  /** Another window has changed the key: what was known of the old one is not true of the new. */
  doubt(): void {
    if (this.source.current === 'virustotal')
      for (const feed of FEEDS) this.catalog.setLicence(feed, 'unknown');
  }
}

/** `Files and URLs`, `no feed`; for a sentence. */
export function feedNames(feeds: readonly Feed[]): string {
  const titles = feeds.map((feed) => feedInfo(feed).title);
  if (titles.length < 2) return titles[0] ?? 'no feed';
  return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`;
}
