import { feedInfo } from '../feed/feed.ts';
import type { Ledger, Stretch } from './ledger.ts';
import type { Problem } from './problem.ts';
import { spanText } from './range-request.ts';
import type { RangeRequest } from './range-request.ts';

/**
 * The stretches of more than `tolerance` minutes in a row without a batch that nobody has said to go on past. One that
 * was known as a whole before the range began is old news and none of them.
 */
export function openGaps(ledger: Ledger, tolerance: number): Stretch[] {
  return ledger
    .stretches('knownMissing', 'missing', 'acceptedMissing')
    .filter(({ fates }) => fates.length > tolerance)
    .filter(({ fates }) => fates.includes('missing') && !fates.includes('acceptedMissing'));
}

/** Says which minutes are missing, and what that may mean. */
export function gapProblem({ feed }: RangeRequest, gaps: readonly Stretch[]): Problem {
  const [longest] = [...gaps].sort((one, other) => other.fates.length - one.fates.length);
  const where = gaps.map((gap) => spanText(gap)).join(', and ');
  const sentence =
    `${feedInfo(feed).title}: ${String(longest?.fates.length ?? 0)} minutes in a row have no batch (${where} UTC). ` +
    'One now and then is normal; several may mean that VirusTotal had a fault then, or has one now.';
  return { code: 'missingInARow', sentence };
}
