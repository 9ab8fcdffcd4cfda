import { isArtifactKind } from '../../core/feed/artifact.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';
import { isFeed } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';

/** What a path of the API asks for. */
export type ApiRoute =
  | { readonly feed: Feed; readonly kind: 'minute' | 'hour'; readonly time: string }
  | { readonly feed: Feed; readonly kind: ArtifactKind; readonly token: string };

const PREFIX = '/api/v3/feeds/';

/** Reads a path; undefined where VirusTotal has nothing. `file-behaviours` is taken as `file_behaviours`. */
export function parseApiPath(path: string): ApiRoute | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const [name = '', second = '', third, ...more] = path.slice(PREFIX.length).split('/');
  const feed = name === 'file-behaviours' ? 'file_behaviours' : name;
  if (!isFeed(feed) || second === '' || more.length > 0) return undefined;
  if (third === undefined) return { feed, kind: 'minute', time: second };
  if (second === 'hourly') return { feed, kind: 'hour', time: third };
  if (feed === 'files' && third === 'download') return { feed, kind: 'sample', token: second };
  const isRun = feed === 'file_behaviours' && isArtifactKind(third) && third !== 'sample';
  return isRun ? { feed, kind: third, token: second } : undefined;
}
