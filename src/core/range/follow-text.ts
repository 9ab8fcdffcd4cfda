import { momentText } from '../feed/slot-text.ts';
import type { FollowPhase } from './follow-record.ts';

/** `following`, or why it does not at `now`, Unix milliseconds. */
export function followText(phase: FollowPhase, now: number): string {
  switch (phase.phase) {
    case 'following':
      return 'following';
    case 'waiting':
      return `following again at ${momentText(phase.until, now)}`;
    case 'paused':
      return 'following stopped: a question is open';
  }
}
