import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/core/api/clock.ts';
import { isAbort } from '../../../../src/core/common/errors.ts';

describe('systemClock', () => {
  it('ends a wait at once when it is cancelled', async () => {
    const controller = new AbortController();
    const waiting = systemClock.wait(3_600_000, controller.signal);
    controller.abort();
    await assert.rejects(waiting, isAbort);
  });
});
