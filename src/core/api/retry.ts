import { toVtFeedsError } from '../common/errors.ts';
import type { ErrorCode } from '../common/errors.ts';
import type { Clock } from './clock.ts';
import { SHORT_PAUSE_MS } from './api-pause.ts';
import type { RetryLimits } from './patience.ts';

/** What may pass by itself. A 400, 401, 403 or 404 never does. */
const MAY_PASS: readonly ErrorCode[] = ['server', 'offline', 'timeout'];

/**
 * Runs `attempt` again while it fails with what may pass, or with a pause that is short. Pauses themselves are kept
 * by `ApiPause`. Between attempts it waits by chance, from nothing to a bound that doubles ("full jitter"), so that
 * clients which failed together do not come back together.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  limits: RetryLimits,
  clock: Clock,
): Promise<T> {
  const start = clock.elapsed();
  for (let failed = 1; ; failed++) {
    const wait = fullJitter(failed, limits, clock);
    try {
      return await attempt();
    } catch (error) {
      const inTime = clock.elapsed() - start + wait <= limits.totalMs;
      if (failed >= limits.attempts || !inTime || !mayPass(error, clock.now())) throw error;
    }
    await clock.wait(wait, signal);
  }
}

/** Milliseconds to wait after the `failed`th failure. */
export function fullJitter(failed: number, limits: RetryLimits, clock: Clock): number {
  return clock.random() * Math.min(limits.longestWaitMs, limits.firstWaitMs * 2 ** (failed - 1));
}

function mayPass(error: unknown, now: number): boolean {
  const { code, facts } = toVtFeedsError(error);
  if (code === 'quotaExceeded') return (facts.retryAt ?? Infinity) - now <= SHORT_PAUSE_MS;
  // A proxy that is not there, or cannot get through; one that refuses goes on refusing.
  if (code === 'proxy') return (facts.status ?? 502) >= 500;
  return MAY_PASS.includes(code);
}
