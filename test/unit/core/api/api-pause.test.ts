import assert from 'node:assert/strict';
import { ApiPause, SHORT_PAUSE_MS } from '../../../../src/core/api/api-pause.ts';
import { hasCode, isAbort, toVtFeedsError } from '../../../../src/core/common/errors.ts';
import { PatientClock } from '../../../support/patient-clock.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0);
const { signal } = new AbortController();

describe('ApiPause', () => {
  it('holds nobody where no pause was asked for, or it is over', async () => {
    const clock = new PatientClock(NOW);
    const pause = new ApiPause(clock);
    await pause.passed(signal);
    pause.heed(NOW - 1);
    await pause.passed(signal);
    assert.deepEqual(clock.waits, []);
  });

  it('holds every request until a short pause is over, and no request before', async () => {
    const clock = new PatientClock(NOW);
    const pause = new ApiPause(clock);
    pause.heed(NOW + SHORT_PAUSE_MS);
    await pause.passed(signal);
    assert.ok(clock.now() >= NOW + SHORT_PAUSE_MS);
    await pause.passed(signal);
    assert.equal(clock.waits.length, 1);
  });

  it('says at once when a long pause ends, again and again until it does', async () => {
    const clock = new PatientClock(NOW);
    const pause = new ApiPause(clock);
    const end = NOW + 3_600_000;
    pause.heed(end);
    for (let asked = 0; asked < 2; asked++) {
      const error = await pause.passed(signal).catch(toVtFeedsError);
      assert.ok(hasCode(error, 'quotaExceeded'));
      assert.equal(error?.facts.retryAt, end);
      assert.match(error.message, /13:00 UTC/u);
    }
    clock.advance(3_600_000);
    await pause.passed(signal);
    assert.deepEqual(clock.waits, []);
  });

  it('keeps the longest of several pauses, and one it was made with', async () => {
    const clock = new PatientClock(NOW);
    const pause = new ApiPause(clock, NOW + 20_000);
    pause.heed(NOW + 1000);
    await pause.passed(signal);
    assert.ok(clock.now() >= NOW + 20_000);
  });

  it('goes on holding when the pause grows meanwhile', async () => {
    const clock = new PatientClock(NOW);
    const pause = new ApiPause(clock, NOW + 1000);
    const passed = pause.passed(signal);
    pause.heed(NOW + 30_000);
    await passed;
    assert.ok(clock.now() >= NOW + 30_000);
  });

  it('lets go when it is cancelled', async () => {
    const pause = new ApiPause(new PatientClock(NOW), NOW + 1000);
    await assert.rejects(pause.passed(AbortSignal.abort()), isAbort);
  });
});
