import { setTimeout as wait } from 'node:timers/promises';
import { toVtFeedsError } from '../common/errors.ts';
import type { ErrorCode } from '../common/errors.ts';

/** What may pass by itself. A 400, 401, 403, 404 or 429 never does. */
const MAY_PASS: readonly ErrorCode[] = ['server', 'offline', 'timeout'];
const ATTEMPTS = 3;

/** Runs `attempt` up to three times while it fails with what may pass, waiting 0.5–1.5 s, then 1–3 s. */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  firstWaitMs = 1000,
): Promise<T> {
  for (let failed = 1; ; failed++) {
    try {
      return await attempt();
    } catch (error) {
      if (failed >= ATTEMPTS || !MAY_PASS.includes(toVtFeedsError(error).code)) throw error;
    }
    await wait(firstWaitMs * failed * (0.5 + Math.random()), undefined, { signal });
  }
}
