import assert from 'node:assert/strict';
import type { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { Claims } from '../../../../src/core/range/claims.ts';
import { FollowRun } from '../../../../src/core/range/follow-run.ts';
import { newRange } from '../../../../src/core/range/range-record.ts';
import { rangeBetween } from '../../../../src/core/range/range-request.ts';
import { reportOf } from '../../../../src/core/range/range-report.ts';
import { RangeRun } from '../../../../src/core/range/range-run.ts';
import { Tasks } from '../../../../src/core/range/tasks.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RangeWorld, failure } from '../../../support/range-world.ts';
import { minute } from '../../../support/records.ts';
import { MemoryTaskFiles } from '../../../support/memory-task-files.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);
const REQUEST = rangeBetween('files', minute('202611220830'), minute('202611220929'), NOW);
const RECORD = newRange(REQUEST);
const SECOND = 1000;

describe('Tasks', () => {
  let files: MemoryTaskFiles;
  let clock: FakeClock;
  let world: RangeWorld;
  let errors: VtFeedsError[];
  let windows: Tasks[];
  beforeEach(() => {
    files = new MemoryTaskFiles();
    clock = new FakeClock(NOW);
    world = new RangeWorld(clock);
    errors = [];
    windows = [];
  });
  afterEach(() => {
    for (const window of windows) window.close();
    assert.deepEqual(errors, []);
  });

  /** Another window of the same user's; `name` tells it from others. */
  const openWindow = async (name: string, its = world): Promise<Tasks> => {
    const tasks = new Tasks({
      files,
      claims: new Claims(files, its.clock, name),
      clock: its.clock,
      revive: (record) =>
        record.kind === 'range'
          ? new RangeRun(record, its.ports)
          : new FollowRun(record, { ...its.ports, random: () => 0 }),
      onError: (error) => errors.push(error),
    });
    windows.push(tasks);
    const opened = tasks.open();
    await its.clock.pass(600);
    await opened;
    return tasks;
  };
  const rangeIn = (tasks: Tasks): RangeRun => {
    const run = tasks.shown[0]?.run;
    assert.ok(run?.kind === 'range');
    return run;
  };
  const runningIn = (...tasks: readonly Tasks[]): boolean[] =>
    tasks.map(({ shown }) => shown.some(({ run, elsewhere }) => run.isUnderWay && !elsewhere));

  it('runs what is begun, and has written it down by then', async () => {
    const tasks = await openWindow('a');
    await tasks.begin(RECORD);
    assert.deepEqual([[...files.tasks.keys()], [...files.claims.keys()]], [[RECORD.id], [RECORD.id]]);
    await clock.pass(70 * SECOND);
    assert.deepEqual(rangeIn(tasks).phase, { phase: 'finished' });
    assert.deepEqual([files.tasks.size, files.claims.size], [1, 0]);
  });

  it('goes on by itself in the next window after one that was closed', async () => {
    const first = await openWindow('a');
    await first.begin(RECORD);
    await clock.pass(10 * SECOND);
    first.close();
    assert.equal(files.claims.size, 0);
    await clock.pass(600 * SECOND);
    assert.equal(world.underWay, 0);
    const second = await openWindow('b');
    await clock.pass(70 * SECOND);
    const { downloaded, milliseconds } = reportOf(rangeIn(second).record);
    assert.equal(downloaded, 60);
    assert.ok(milliseconds > 25 * SECOND && milliseconds < 40 * SECOND, String(milliseconds));
    assert.equal(new Set(world.asked).size, 60);
  });

  it('stays paused in the next window', async () => {
    const first = await openWindow('a');
    await first.begin(RECORD);
    await clock.pass(5 * SECOND);
    rangeIn(first).pause();
    await clock.pass(1 * SECOND);
    first.close();
    const second = await openWindow('b');
    await clock.pass(60 * SECOND);
    assert.deepEqual(rangeIn(second).phase, { phase: 'paused' });
    const asked = world.asked.length;
    const run = await second.hold(RECORD.id);
    assert.ok(run?.kind === 'range');
    run.resume();
    await clock.pass(60 * SECOND);
    assert.ok(world.asked.length > asked);
    assert.equal(rangeIn(second).phase.phase, 'finished');
  });

  it('is run by one of two windows, and shown in both', async () => {
    const [first, second] = [await openWindow('a'), await openWindow('b')];
    await first.begin(RECORD);
    await clock.pass(12 * SECOND);
    assert.deepEqual(runningIn(first, second), [true, false]);
    assert.equal(second.shown[0]?.elsewhere, true);
    const { done } = rangeIn(second).progress;
    assert.ok(done > 5 && done < 60, String(done));
    await clock.pass(60 * SECOND);
    assert.equal(world.asked.length, 60);
    assert.equal(rangeIn(second).phase.phase, 'finished');
  });

  it('is taken over when its window dies, and given back to none that wakes up again', async () => {
    const asleep = new RangeWorld(new FakeClock(NOW));
    asleep.stored = world.stored;
    const first = await openWindow('a', asleep);
    await first.begin(RECORD);
    await asleep.clock.pass(6 * SECOND);
    const second = await openWindow('b');
    await clock.pass(10 * SECOND);
    assert.deepEqual(runningIn(first, second), [true, false]);
    await clock.pass(20 * SECOND);
    assert.deepEqual(runningIn(second), [true]);
    asleep.clock.sleep(30 * SECOND);
    await asleep.clock.pass(6 * SECOND);
    assert.deepEqual(runningIn(first, second), [false, true]);
    await clock.pass(60 * SECOND);
    await asleep.clock.pass(6 * SECOND);
    assert.deepEqual(rangeIn(first).phase, { phase: 'finished' });
    const asked = [...asleep.asked, ...world.asked];
    assert.deepEqual([new Set(asked).size, world.stored.size], [60, 60]);
    assert.ok(asked.length <= 75, `${String(asked.length)} asked: a few were asked twice`);
  });

  it('is claimed by one of two windows that open at the same time', async () => {
    const before = await openWindow('old');
    await before.begin(RECORD);
    before.close();
    const windowsOpened = Promise.all([openWindow('a'), openWindow('b')]);
    await clock.pass(2 * SECOND);
    const [first, second] = await windowsOpened;
    await clock.pass(12 * SECOND);
    assert.deepEqual(runningIn(first, second).sort(), [false, true]);
    await clock.pass(60 * SECOND);
    assert.equal(new Set(world.asked).size, 60);
  });

  it('goes where a person acts on it', async () => {
    const [first, second] = [await openWindow('a'), await openWindow('b')];
    await first.begin(RECORD);
    await clock.pass(6 * SECOND);
    const run = await second.hold(RECORD.id);
    assert.ok(run?.kind === 'range');
    run.pause();
    const phases: unknown[] = [];
    for (let second = 0; second < 12; second++) {
      await clock.pass(SECOND);
      phases.push((JSON.parse(files.tasks.get(RECORD.id) ?? '') as { readonly phase: unknown }).phase);
    }
    assert.deepEqual(phases, Array(12).fill({ phase: 'paused' }), 'nobody writes over it');
    assert.deepEqual(runningIn(first, second), [false, false]);
    assert.deepEqual(
      [rangeIn(first).phase, rangeIn(second).phase],
      [{ phase: 'paused' }, { phase: 'paused' }],
    );
    const asked = world.asked.length;
    await clock.pass(30 * SECOND);
    assert.equal(world.asked.length, asked);
  });

  it('is gone from every window when it is removed from one', async () => {
    const [first, second] = [await openWindow('a'), await openWindow('b')];
    await first.begin(RECORD);
    await clock.pass(8 * SECOND);
    await second.remove(RECORD.id);
    await clock.pass(12 * SECOND);
    assert.deepEqual([first.shown, second.shown], [[], []]);
    assert.deepEqual([files.tasks.size, files.claims.size], [0, 0]);
    assert.equal(world.underWay, 0);
  });

  it('tells what stands still, once', async () => {
    world.answer = () => failure('offline');
    const tasks = await openWindow('a');
    const stopped: string[] = [];
    tasks.onDidStop(({ id }) => stopped.push(id));
    await tasks.begin(RECORD);
    await clock.pass(20 * SECOND);
    assert.deepEqual(stopped, [RECORD.id]);
  });

  it('leaves alone what it cannot read', async () => {
    const texts = [
      [RECORD.id, '{"version":1,"kind":"range"'],
      ['range-newer', '{"version":2,"kind":"range"}'],
    ] as const;
    for (const [id, text] of texts) files.tasks.set(id, text);
    const tasks = await openWindow('a');
    await clock.pass(10 * SECOND);
    assert.deepEqual(tasks.shown, []);
    assert.equal(await tasks.hold('range-newer'), undefined);
    assert.deepEqual([[...files.tasks], files.claims.size], [[...texts], 0]);
  });

  it('goes on when nothing can be written down, and says so', async () => {
    const tasks = await openWindow('a');
    await tasks.begin(RECORD);
    files.isBroken = true;
    await clock.pass(70 * SECOND);
    assert.equal(rangeIn(tasks).phase.phase, 'finished');
    assert.ok(errors.length > 0);
    errors = [];
  });
});
