import { hasCode, toVtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import type { FeedClient, Licence } from './feed-client.ts';

/** What was found out of one feed; `unknown` where its answer says nothing of the key. */
export interface ProbedFeed {
  readonly feed: Feed;
  readonly licence: Licence | 'unknown';
}

/** Asks for each feed once. A key that is wrong, a cancel, or no answer for any feed at all is an error. */
export async function probeFeeds(
  client: FeedClient,
  feeds: readonly Feed[],
  signal: AbortSignal,
): Promise<ProbedFeed[]> {
  const answers = await Promise.allSettled(feeds.map((feed) => client.probe(feed, signal)));
  const failures: unknown[] = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as unknown] : [],
  );
  const decisive = failures.find((error) => hasCode(error, 'wrongApiKey') || hasCode(error, 'cancelled'));
  const fatal = decisive ?? (failures.length === feeds.length ? failures[0] : undefined);
  if (fatal !== undefined) throw toVtFeedsError(fatal);
  return feeds.map((feed, at) => {
    const answer = answers[at];
    return { feed, licence: answer?.status === 'fulfilled' ? answer.value : 'unknown' };
  });
}
