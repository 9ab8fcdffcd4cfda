import assert from 'node:assert/strict';
import { LaneChoice } from '../../../../../src/core/batch/bzip2/lane-choice.ts';
import type { Together } from '../../../../../src/core/batch/bzip2/lane-choice.ts';

/** The ways taken by `groups` groups on a machine where a step takes so many nanoseconds either way. */
function ways(
  groups: number,
  stepNs: (together: Together, group: number) => number,
  choice = new LaneChoice(),
): Together[] {
  return Array.from({ length: groups }, (_, group) => {
    const together = choice.next();
    choice.record(together, stepNs(together, group));
    return together;
  });
}

function count(taken: readonly Together[], together: Together): number {
  return taken.filter((one) => one === together).length;
}

describe('LaneChoice', () => {
  it('takes one block after the other where memory is at hand', () => {
    assert.deepEqual(
      count(
        ways(200, (together) => (together === 1 ? 12 : 15)),
        4,
      ),
      0,
    );
  });

  it('takes four together where every step waits, and looks back now and then', () => {
    const taken = ways(200, (together) => (together === 1 ? 60 : 25));
    assert.ok(count(taken, 4) > 130, taken.join(''));
    assert.ok(count(taken.slice(20), 1) > 5, taken.join(''));
  });

  it('takes one after the other where waiting together does not help', () => {
    const taken = ways(200, (together) => (together === 1 ? 40 : 45));
    assert.ok(count(taken, 1) > 180, taken.join(''));
  });

  it('changes over when the machine does, both ways', () => {
    const busy = (together: Together): number => (together === 1 ? 60 : 25);
    const quiet = (together: Together): number => (together === 1 ? 12 : 15);
    const choice = new LaneChoice();
    ways(80, quiet, choice);
    assert.ok(count(ways(80, busy, choice).slice(40), 4) > 25);
    assert.ok(count(ways(80, quiet, choice).slice(40), 1) > 30);
  });
});
