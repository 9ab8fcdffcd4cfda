import type * as vscode from 'vscode';
import type { Catalog, LicenceState } from '../../core/catalog/catalog.ts';
import { FEEDS, feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { FeedSource } from './feed-source.ts';
import { settings } from './settings.ts';

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

  /** Asks for the newest minute of each feed; fails as any request does, with `wrongApiKey` above all. */
  async check(signal: AbortSignal): Promise<Readonly<Record<Feed, LicenceState>>> {
    const connection = { access: await this.source.access(), network: settings.network() };
    const found = await this.threads.run('probe', { connection, feeds: FEEDS }, { signal });
    const licences = Object.fromEntries(found.map(({ feed, licence }) => [feed, licence])) as Record<
      Feed,
      LicenceState
    >;
    await this.state.update(LICENCES_KEY, licences);
    this.restore();
    return licences;
  }

  async forget(): Promise<void> {
    await this.state.update(LICENCES_KEY, undefined);
    this.restore();
  }
}

/** `Files and URLs`, `no feed`; for a sentence. */
export function feedNames(feeds: readonly Feed[]): string {
  const titles = feeds.map((feed) => feedInfo(feed).title);
  if (titles.length < 2) return titles[0] ?? 'no feed';
  return `${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`;
}
