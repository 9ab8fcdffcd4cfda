import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { MinuteClock } from '../../../../src/vscode/platform/minute-clock.ts';

describe('MinuteClock', () => {
  afterEach(() => {
    mock.timers.reset();
  });

  it('calls once in every new minute, and no more after it was disposed of', () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 22, 10, 3, 40) });
    const seen: string[] = [];
    const clock = new MinuteClock(() => seen.push(new Date().toISOString().slice(11, 16)));
    mock.timers.tick(19_000);
    assert.deepEqual(seen, []);
    mock.timers.tick(2_000);
    assert.deepEqual(seen, ['10:04']);
    mock.timers.tick(60_000);
    assert.deepEqual(seen, ['10:04', '10:05']);
    clock.dispose();
    mock.timers.tick(120_000);
    assert.deepEqual(seen, ['10:04', '10:05']);
  });
});
