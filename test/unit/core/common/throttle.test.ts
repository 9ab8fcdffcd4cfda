import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Throttle } from '../../../../src/core/common/throttle.ts';

describe('Throttle', () => {
  let done: number;
  let throttle: Throttle;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    done = 0;
    throttle = new Throttle(() => done++, 100);
  });
  afterEach(() => {
    throttle.dispose();
    mock.timers.reset();
  });

  it('does at once what is asked for once, and not again', () => {
    throttle.ask();
    assert.equal(done, 1);
    mock.timers.tick(1000);
    assert.equal(done, 1);
  });

  it('does what is asked for a thousand times once more when the time is over', () => {
    for (let asked = 0; asked < 1000; asked++) throttle.ask();
    assert.equal(done, 1);
    mock.timers.tick(99);
    assert.equal(done, 1);
    mock.timers.tick(1);
    assert.equal(done, 2);
    throttle.ask();
    assert.equal(done, 2);
    mock.timers.tick(100);
    assert.equal(done, 3);
    mock.timers.tick(100);
    throttle.ask();
    assert.equal(done, 4);
  });

  it('takes what is asked for by the work itself for the next time', () => {
    const again = new Throttle(() => {
      if (++done < 3) again.ask();
    }, 100);
    again.ask();
    assert.equal(done, 1);
    mock.timers.tick(100);
    assert.equal(done, 2);
    mock.timers.tick(1000);
    assert.equal(done, 3);
    again.dispose();
  });

  it('does nothing more once it was disposed of', () => {
    throttle.ask();
    throttle.ask();
    throttle.dispose();
    mock.timers.tick(1000);
    assert.equal(done, 1);
  });
});
