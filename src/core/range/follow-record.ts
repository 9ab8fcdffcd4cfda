import { isFeed } from '../feed/feed.ts';
import type { Feed } from '../feed/feed.ts';
import { jsonAt, listAt, numberAt, textAt, textsAt } from '../feed/json.ts';
import type { Json } from '../feed/json.ts';
import { shiftSlot } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import { newestMinute } from '../feed/window.ts';
import type { LateMinute } from './follow-schedule.ts';
import type { Problem } from './problem.ts';
import { minuteFrom, parseProblem } from './range-record.ts';

/** How a follow is. One that is no longer wanted is not kept. */
export type FollowPhase =
  | { readonly phase: 'following' }
  /** Nothing is asked for before `until`, Unix milliseconds. */
  | { readonly phase: 'waiting'; readonly until: number; readonly problem: Problem }
  /** Until a person has looked at the problem. */
  | { readonly phase: 'paused'; readonly problem: Problem };

/** Everything there is to know of a follow: what is written down between two starts of VS Code. */
export interface FollowRecord {
  readonly kind: 'follow';
  readonly id: string;
  readonly feed: Feed;
  readonly phase: FollowPhase;
  /** The newest minute that was dealt with. */
  readonly last: Minute;
  readonly late: readonly LateMinute[];
  /** The latest minutes that had no batch however often they were asked for. */
  readonly gone: readonly Minute[];
  /** Gaps that reach back to this minute are known to the person. */
  readonly acceptedUpTo?: Minute;
  /** What was left out because it was too much to catch up with. */
  readonly skipped?: { readonly from: Minute; readonly to: Minute };
}

export function followId(feed: Feed): string {
  return `follow-${feed}`;
}

/** A follow that begins with the newest minute there is at `now`, Unix milliseconds. */
export function newFollow(feed: Feed, now: number): FollowRecord {
  return {
    kind: 'follow',
    id: followId(feed),
    feed,
    phase: { phase: 'following' },
    last: shiftSlot(newestMinute(now), -1),
    late: [],
    gone: [],
  };
}

/** Reads a follow that was written down; undefined for anything else. */
export function parseFollow(id: string, json: Json | undefined): FollowRecord | undefined {
  const feed = jsonAt(json, 'feed');
  const last = minuteFrom(textAt(json, 'last'));
  if (textAt(json, 'kind') !== 'follow' || !isFeed(feed) || id !== followId(feed) || last === undefined)
    return undefined;
  const acceptedUpTo = minuteFrom(textAt(json, 'acceptedUpTo'));
  const [from, to] = ['from', 'to'].map((end) => minuteFrom(textAt(json, 'skipped', end)));
  return {
    kind: 'follow',
    id,
    feed,
    phase: parsePhase(jsonAt(json, 'phase')),
    last,
    late: listAt(json, 'late').flatMap(parseLate),
    gone: textsAt(json, 'gone').flatMap((text) => minuteFrom(text) ?? []),
    ...(acceptedUpTo === undefined ? {} : { acceptedUpTo }),
    ...(from === undefined || to === undefined ? {} : { skipped: { from, to } }),
  };
}

function parsePhase(json: Json | undefined): FollowPhase {
  const problem = parseProblem(jsonAt(json, 'problem'));
  const phase = textAt(json, 'phase');
  if (problem === undefined || (phase !== 'waiting' && phase !== 'paused')) return { phase: 'following' };
  return phase === 'paused' ? { phase, problem } : { phase, until: numberAt(json, 'until') ?? 0, problem };
}

function parseLate(json: Json): LateMinute[] {
  const minute = minuteFrom(textAt(json, 'minute'));
  return minute === undefined
    ? []
    : [{ minute, tries: numberAt(json, 'tries') ?? 1, at: numberAt(json, 'at') ?? 0 }];
}
