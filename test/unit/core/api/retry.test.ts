import assert from 'node:assert/strict';
import { PATIENCE } from '../../../../src/core/api/patience.ts';
import type { RetryLimits } from '../../../../src/core/api/patience.ts';
import { fullJitter, withRetry } from '../../../../src/core/api/retry.ts';
import { ERROR_CODES, VtFeedsError, hasCode, isAbort } from '../../../../src/core/common/errors.ts';
import type { ErrorCode, ErrorFacts } from '../../../../src/core/common/errors.ts';
import { PatientClock } from '../../../support/patient-clock.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0);
const MAY_PASS: readonly ErrorCode[] = ['server', 'offline', 'timeout', 'proxy'];
const LIMITS: RetryLimits = { attempts: 4, firstWaitMs: 1000, longestWaitMs: 3000, totalMs: 60_000 };
const { signal } = new AbortController();

async function attemptsOf(
  code: ErrorCode,
  facts: ErrorFacts = {},
  limits = LIMITS,
  clock = new PatientClock(NOW),
): Promise<number> {
  let attempts = 0;
  const failing = withRetry(
    () => {
      attempts++;
      return Promise.reject(new VtFeedsError(code, 'x', facts));
    },
    signal,
    limits,
    clock,
  );
  await assert.rejects(failing, (error) => hasCode(error, code));
  return attempts;
}

describe('withRetry', () => {
  for (const code of ERROR_CODES) {
    const expected = MAY_PASS.includes(code) ? 4 : 1;
    it(`tries ${String(expected)} times on ${code}`, async () => {
      assert.equal(await attemptsOf(code), expected);
    });
  }

  const facts: readonly (readonly [what: string, code: ErrorCode, facts: ErrorFacts, attempts: number])[] = [
    ['a pause of a minute', 'quotaExceeded', { retryAt: NOW + 60_000 }, 4],
    ['a pause of no time', 'quotaExceeded', { retryAt: NOW }, 4],
    ['a longer pause', 'quotaExceeded', { retryAt: NOW + 600_000 }, 1],
    ['a batch that is still to come', 'notAvailableYet', { retryAt: NOW + 1000 }, 1],
    ['a proxy that wants a login', 'proxy', { status: 407 }, 1],
    ['a proxy that refuses', 'proxy', { status: 403 }, 1],
    ['a proxy that cannot get through', 'proxy', { status: 503 }, 4],
  ];
  for (const [what, code, told, attempts] of facts) {
    it(`tries ${String(attempts)} times on ${what}`, async () => {
      assert.equal(await attemptsOf(code, told), attempts);
    });
  }

  it('waits by chance, up to a bound that doubles and ends', async () => {
    const clock = new PatientClock(NOW);
    await attemptsOf('server', {}, { ...LIMITS, attempts: 5 }, clock);
    assert.deepEqual(clock.waits, [500, 1000, 1500, 1500]);
    clock.chance = 0;
    assert.equal(fullJitter(1, LIMITS, clock), 0);
  });

  it('begins no attempt after the total time', async () => {
    assert.equal(await attemptsOf('timeout', {}, { ...LIMITS, attempts: 100, totalMs: 4600 }), 5);
    const clock = new PatientClock(NOW);
    let attempts = 0;
    const slow = withRetry(
      () => {
        attempts++;
        clock.advance(30_500);
        return Promise.reject(new VtFeedsError('timeout', 'x'));
      },
      signal,
      LIMITS,
      clock,
    );
    await assert.rejects(slow);
    assert.equal(attempts, 2);
  });

  it('gives what a later attempt gives', async () => {
    let attempts = 0;
    const passing = withRetry(
      () => (++attempts < 3 ? Promise.reject(new VtFeedsError('server', 'x')) : Promise.resolve('there')),
      signal,
      LIMITS,
      new PatientClock(NOW),
    );
    assert.equal(await passing, 'there');
  });

  it('does not try again what is no error of ours', async () => {
    let attempts = 0;
    const failing = withRetry(
      () => {
        attempts++;
        return Promise.reject(new TypeError('bug'));
      },
      signal,
      LIMITS,
      new PatientClock(NOW),
    );
    await assert.rejects(failing, TypeError);
    assert.equal(attempts, 1);
  });

  it('ends when it is cancelled between two attempts', async () => {
    const controller = new AbortController();
    let attempts = 0;
    const waiting = withRetry(
      () => {
        attempts++;
        controller.abort();
        return Promise.reject(new VtFeedsError('server', 'x'));
      },
      controller.signal,
      PATIENCE.open,
      new PatientClock(NOW),
    );
    await assert.rejects(waiting, isAbort);
    assert.equal(attempts, 1);
  });
});
