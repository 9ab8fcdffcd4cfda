import assert from 'node:assert/strict';
import { MINUTE_MS, shiftSlot } from '../../../../src/core/feed/slot.ts';
import { newFollow } from '../../../../src/core/range/follow-record.ts';
import type { FollowRecord } from '../../../../src/core/range/follow-record.ts';
import { FollowRun } from '../../../../src/core/range/follow-run.ts';
import { formatTask, parseTask } from '../../../../src/core/range/task-record.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RangeWorld, failure } from '../../../support/range-world.ts';
import { minute } from '../../../support/records.ts';

/** The newest minute is 11:30. */
const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);
const NEWEST = minute('202611221130');
const at = (steps: number): string => shiftSlot(NEWEST, steps);

describe('FollowRun', () => {
  let world: RangeWorld;
  let run: FollowRun;
  beforeEach(() => {
    world = new RangeWorld(new FakeClock(NOW));
  });

  const follow = async (record: FollowRecord = newFollow('files', world.clock.now())): Promise<FollowRun> => {
    run = new FollowRun(record, { ...world.ports, random: () => 0.5 });
    run.start();
    await world.clock.pass(0);
    return run;
  };
  const minutes = async (count: number): Promise<void> => world.clock.pass(count * MINUTE_MS);
  const stored = (): string[] => [...world.stored].map((key) => key.slice(6)).sort();

  it('takes the newest minute at once and each other one when it is there, once', async () => {
    await follow();
    await world.clock.pass(2000);
    assert.deepEqual(world.asked, [at(0)]);
    await minutes(5);
    assert.deepEqual(world.asked, [0, 1, 2, 3, 4, 5].map(at));
    assert.deepEqual(run.phase, { phase: 'following' });
  });

  it('leaves a few seconds between the moment a minute is there and its request', async () => {
    await follow();
    await world.clock.pass(45_000);
    assert.equal(world.asked.length, 1);
    await world.clock.pass(2000);
    assert.equal(world.asked.length, 1, 'not in the first seconds');
    await world.clock.pass(10_000);
    assert.equal(world.asked.length, 2);
  });

  it('asks twice more for a minute that is not there, and finds one that comes late', async () => {
    let late = true;
    world.answer = ({ slot }) => (slot === at(1) && late ? failure('missingBatch') : 'batch');
    await follow();
    await minutes(1);
    late = false;
    await minutes(2);
    assert.deepEqual(world.asked.filter((slot) => slot === at(1)).length, 2);
    assert.deepEqual(stored(), [0, 1, 2, 3].map(at));
  });

  it('passes over one that never comes, and goes on in time', async () => {
    world.answer = ({ slot }) => (slot === at(1) ? failure('missingBatch') : 'batch');
    await follow();
    await minutes(6);
    assert.equal(world.asked.filter((slot) => slot === at(1)).length, 3);
    assert.deepEqual(stored(), [0, 2, 3, 4, 5, 6].map(at));
    assert.deepEqual(run.phase, { phase: 'following' });
  });

  it('asks a person when more than are tolerated never come, and not again about the same gap', async () => {
    world.answer = () => failure('missingBatch');
    await follow();
    await minutes(4);
    assert.equal(run.phase.phase === 'paused' && run.phase.problem.code, 'missingInARow');
    const asked = world.asked.length;
    await minutes(3);
    assert.equal(world.asked.length, asked);
    run.resume();
    await minutes(10);
    assert.deepEqual(run.phase, { phase: 'following' });
    world.answer = () => 'batch';
    await minutes(5);
    assert.ok(stored().length >= 5);
    world.answer = () => failure('missingBatch');
    await minutes(6);
    assert.equal(run.phase.phase, 'paused', 'another gap is asked about');
  });

  it('catches up after a sleep with an hour at most, and says what it left out', async () => {
    await follow();
    await minutes(1);
    world.clock.sleep(3 * 3600_000);
    await minutes(3);
    assert.deepEqual(run.record.skipped, { from: at(2), to: at(121) });
    assert.deepEqual(stored().at(-1), at(184));
    assert.equal(stored().length, 2 + 63);
    assert.equal(world.mostAtOnce, 1, 'nothing piles up');
    assert.deepEqual(run.takeSkipped(), { from: at(2), to: at(121) });
    assert.deepEqual([run.takeSkipped(), run.record.skipped], [undefined, undefined]);
  });

  it('loses nothing in a short sleep', async () => {
    await follow();
    world.clock.sleep(20 * MINUTE_MS);
    await minutes(2);
    assert.deepEqual(
      stored(),
      Array.from({ length: 23 }, (_, step) => at(step)),
    );
  });

  it('falls behind when downloads are slow, one at a time', async () => {
    await follow();
    world.duration = 90_000;
    await minutes(31);
    assert.equal(world.mostAtOnce, 1);
    assert.ok(stored().length >= 20 && stored().length <= 22, String(stored().length));
  });

  for (const code of ['offline', 'server', 'timeout'] as const) {
    it(`waits longer and longer while the service is ${code}, then takes what it missed`, async () => {
      world.answer = () => failure(code);
      await follow();
      await minutes(15);
      assert.equal(run.phase.phase, 'waiting');
      assert.ok(world.asked.length >= 4 && world.asked.length < 12, String(world.asked.length));
      world.answer = () => 'batch';
      await minutes(6);
      assert.deepEqual(run.phase, { phase: 'following' });
      assert.deepEqual(
        stored(),
        Array.from({ length: 22 }, (_, step) => at(step)),
      );
    });
  }

  it('waits until the service says', async () => {
    const retryAt = NOW + 10 * MINUTE_MS;
    world.answer = () => (world.clock.now() < retryAt ? failure('quotaExceeded', { retryAt }) : 'batch');
    await follow();
    await minutes(9);
    assert.deepEqual([run.phase.phase === 'waiting' && run.phase.until, world.asked.length], [retryAt, 1]);
    await minutes(2);
    assert.equal(stored().length, 12);
  });

  it('takes a minute once when it is told to go on while it does', async () => {
    const retryAt = NOW + 60_000;
    world.answer = () => (world.clock.now() < retryAt ? failure('quotaExceeded', { retryAt }) : 'batch');
    await follow();
    await world.clock.pass(60_500);
    assert.equal(world.asked.length, 2);
    run.resume();
    await world.clock.pass(400);
    assert.equal(world.asked.length, 2);
  });

  it('takes the service’s word that a minute is still to come', async () => {
    const retryAt = NOW + 40_000;
    world.answer = () => (world.clock.now() < retryAt ? failure('notAvailableYet', { retryAt }) : 'batch');
    await follow();
    await minutes(1);
    assert.ok(stored().includes(NEWEST));
    assert.ok(world.asked.length < 5);
  });

  for (const code of ['wrongApiKey', 'noLicence', 'noApiKey', 'diskFull'] as const) {
    it(`stands still at ${code} until it is told to go on`, async () => {
      world.answer = () => failure(code);
      await follow();
      await minutes(5);
      assert.equal(run.phase.phase === 'paused' && run.phase.problem.code, code);
      assert.equal(world.asked.length, 1);
      assert.equal(run.isUnderWay, false);
      world.answer = () => 'batch';
      run.resume();
      await minutes(1);
      assert.equal(stored().length, 7);
    });
  }

  it('passes over a broken minute after trying it again', async () => {
    world.answer = ({ slot }) => (slot === at(1) ? failure('corrupt') : 'batch');
    await follow();
    await minutes(6);
    assert.deepEqual(stored(), [0, 2, 3, 4, 5, 6].map(at));
    assert.deepEqual(run.record.gone, []);
  });

  it('goes on in the next window where it was, with what it still waits for', async () => {
    world.answer = ({ slot }) => (slot === at(2) ? failure('missingBatch') : 'batch');
    await follow();
    await world.clock.pass(2 * MINUTE_MS + 5000);
    const text = formatTask(run.record);
    run.halt();
    assert.equal(world.clock.waiting, 0);
    await minutes(10);
    const record = parseTask(run.id, text);
    assert.ok(record?.kind === 'follow');
    world.answer = () => 'batch';
    await follow(record);
    await minutes(1);
    assert.deepEqual(
      stored(),
      Array.from({ length: 14 }, (_, step) => at(step)),
    );
  });

  it('tries again later when somebody cancels its download', async () => {
    world.answer = () => failure('cancelled');
    await follow();
    await world.clock.pass(2000);
    world.answer = () => 'batch';
    await minutes(1);
    assert.ok(stored().includes(NEWEST));
  });

  it('is ended in the middle of a download and leaves nothing that runs', async () => {
    await follow();
    await world.clock.pass(200);
    assert.equal(world.underWay, 1);
    run.halt();
    await world.clock.pass(0);
    assert.deepEqual([world.underWay, world.clock.waiting], [0, 0]);
    await minutes(5);
    assert.equal(world.asked.length, 1);
  });
});
