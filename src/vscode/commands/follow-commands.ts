import { VtFeedsError } from '../../core/common/errors.ts';
import { FEEDS } from '../../core/feed/feed.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { RangeService } from '../ranges/range-service.ts';
import { parseArguments } from './arguments.ts';
import type { CommandMap } from './command-ids.ts';
import type { Prompts } from './prompts.ts';

/** Follows feeds: each minute is downloaded as it becomes available. */
export class FollowCommands {
  readonly map: CommandMap<'vtFeeds.followFeed' | 'vtFeeds.stopFollowing'> = {
    'vtFeeds.followFeed': async (argument) => {
      const { feed = await this.prompts.feed() } = parseArguments(argument);
      await this.source.access();
      await this.ranges.beginFollow(feed);
      return { feed, status: 'following' };
    },
    'vtFeeds.stopFollowing': async (argument) => {
      const followed = FEEDS.filter((feed) => this.ranges.follow(feed) !== undefined);
      if (followed.length === 0)
        throw new VtFeedsError('notFound', 'No feed is followed. Follow one from its row in the Feeds view.');
      const { feed = await this.prompts.feed(followed) } = parseArguments(argument);
      const wasFollowed = await this.ranges.endFollow(feed);
      return { feed, status: wasFollowed ? 'stopped' : 'notFollowed' };
    },
  };

  constructor(
    private readonly ranges: RangeService,
    private readonly source: FeedSource,
    private readonly prompts: Prompts,
  ) {}
}
