import assert from 'node:assert/strict';
import { shiftSlot } from '../../../../src/core/feed/slot.ts';
import type { Minute } from '../../../../src/core/feed/slot.ts';
import { newRange } from '../../../../src/core/range/range-record.ts';
import { rangeBetween } from '../../../../src/core/range/range-request.ts';
import { reportOf } from '../../../../src/core/range/range-report.ts';
import { RangeRun } from '../../../../src/core/range/range-run.ts';
import { formatTask, parseTask } from '../../../../src/core/range/task-record.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RangeWorld, failure } from '../../../support/range-world.ts';
import { hour, minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);
const [FROM, TO] = [minute('202611220830'), minute('202611221014')];
const SECOND = 1000;

/** Minutes of a range, missing where it is told. */
const missingAt =
  (...slots: readonly string[]) =>
  (id: { readonly slot: string }) =>
    slots.includes(id.slot) ? failure('missingBatch') : ('batch' as const);

describe('RangeRun', () => {
  let world: RangeWorld;
  beforeEach(() => {
    world = new RangeWorld(new FakeClock(NOW));
  });

  const rangeOf = (from: Minute, to: Minute): RangeRun =>
    new RangeRun(newRange(rangeBetween('files', from, to, NOW)), world.ports);
  const started = async (from = FROM, to = TO): Promise<RangeRun> => {
    const run = rangeOf(from, to);
    run.start();
    await world.clock.pass(0);
    return run;
  };

  it('takes a whole hour as a package and the rest by minutes, newest first, and ends', async () => {
    const run = await started();
    await world.clock.pass(60 * SECOND);
    assert.deepEqual(run.phase, { phase: 'finished' });
    const { milliseconds, ...minutes } = reportOf(run.record);
    assert.deepEqual(minutes, { downloaded: 105, alreadyStored: 0, missing: 0, failed: 0, left: 0 });
    assert.equal(world.asked.length, 15 + 1 + 30);
    assert.equal(world.asked[0], '202611221014');
    assert.equal(world.asked[15], '2026112209');
    assert.equal(world.asked.at(-1), '202611220830');
    assert.equal(world.mostAtOnce, 2);
    assert.equal(milliseconds, 23 * SECOND);
    assert.deepEqual([run.record.records, run.record.bytes], [1050, 105_000]);
  });

  it('asks for nothing that is stored or known to be missing', async () => {
    const first = { feed: 'files', slot: FROM } as const;
    world.store(first, { ...first, slot: shiftSlot(FROM, 1) });
    world.missing.add(`files/${shiftSlot(FROM, 2)}`);
    const run = await started(FROM, shiftSlot(FROM, 3));
    await world.clock.pass(5 * SECOND);
    assert.deepEqual(world.asked, [shiftSlot(FROM, 3)]);
    const { downloaded, alreadyStored, missing } = reportOf(run.record);
    assert.deepEqual([downloaded, alreadyStored, missing], [1, 2, 1]);
  });

  for (const code of ['missingBatch', 'notAvailableYet', 'corrupt', 'tooLarge'] as const) {
    it(`takes the minutes one by one when the package is ${code}`, async () => {
      world.answer = ({ slot }) => (slot.length === 10 ? failure(code) : 'batch');
      const run = await started(minute('202611220900'), minute('202611220959'));
      await world.clock.pass(60 * SECOND);
      assert.equal(world.asked.length, 61);
      assert.equal(reportOf(run.record).downloaded, 60);
    });
  }

  it('does not ask again for a package that it could not have', async () => {
    world.answer = ({ slot }) => (slot.length === 10 ? failure('missingBatch') : 'batch');
    const run = await started(minute('202611220900'), minute('202611220959'));
    await world.clock.pass(3 * SECOND);
    run.pause();
    run.resume();
    await world.clock.pass(60 * SECOND);
    assert.equal(world.asked.filter((slot) => slot === '2026112209').length, 1);
    assert.equal(reportOf(run.record).downloaded, 60);
  });

  it('does not begin when it is paused while the store is being read', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    world.ports.store.ready = () => promise;
    const run = await started();
    run.pause();
    resolve(undefined);
    await world.clock.pass(5 * SECOND);
    assert.deepEqual([run.phase, world.asked], [{ phase: 'paused' }, []]);
  });

  it('stands still when the store cannot be read', async () => {
    world.ports.store.ready = () => Promise.reject(failure('disk'));
    const run = await started();
    assert.equal(run.phase.phase === 'paused' && run.phase.problem?.code, 'disk');
  });

  it('takes by themselves the minutes that a package neither brought nor named', async () => {
    const run = await started(minute('202611220900'), minute('202611220959'));
    world.answer = ({ slot }) => (slot === '202611220917' ? failure('missingBatch') : 'batch');
    await world.clock.pass(0);
    world.missing.add = () => world.missing;
    await world.clock.pass(10 * SECOND);
    assert.deepEqual(world.asked, ['2026112209', '202611220917']);
    assert.equal(reportOf(run.record).missing, 1);
  });

  it('passes over as many missing minutes in a row as are tolerated', async () => {
    world.limits.tolerance = 2;
    world.answer = missingAt('202611220832', '202611220833', '202611220835');
    const run = await started(FROM, shiftSlot(FROM, 9));
    await world.clock.pass(20 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    assert.equal(reportOf(run.record).missing, 3);
  });

  it('stops with a question at one missing minute more, and asks no more about a gap that was accepted', async () => {
    world.answer = missingAt('202611220832', '202611220833', '202611220834', '202611220835');
    const run = await started(FROM, shiftSlot(FROM, 9));
    await world.clock.pass(20 * SECOND);
    assert.equal(run.phase.phase, 'paused');
    assert.equal(run.phase.problem?.code, 'missingInARow');
    assert.match(
      run.phase.problem.sentence,
      /^Files: 2 minutes in a row have no batch \(2026-11-22 08:34 to 08:35 UTC\)/u,
    );
    const asked = world.asked.length;
    await world.clock.pass(3600 * SECOND);
    assert.equal(world.asked.length, asked, 'nothing is asked while the question is open');
    run.resume();
    await world.clock.pass(20 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    const { downloaded, missing, milliseconds } = reportOf(run.record);
    assert.deepEqual([downloaded, missing], [6, 4]);
    assert.ok(milliseconds < 10 * SECOND, 'the time in which it stood still does not count');
  });

  it('asks about a gap that a package has, too', async () => {
    world.answer = missingAt('202611220910', '202611220911', '202611220912');
    const run = await started(minute('202611220900'), minute('202611220959'));
    await world.clock.pass(5 * SECOND);
    assert.equal(run.phase.phase, 'paused');
    run.resume();
    await world.clock.pass(5 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    assert.deepEqual(world.asked, ['2026112209']);
  });

  it('stops at once when it is paused, and goes on where it was', async () => {
    const run = await started(FROM, shiftSlot(FROM, 9));
    await world.clock.pass(2500);
    run.pause();
    await world.clock.pass(0);
    assert.equal(world.underWay, 0);
    const { downloaded, left } = reportOf(run.record);
    assert.deepEqual([downloaded, left], [4, 6]);
    await world.clock.pass(3600 * SECOND);
    assert.equal(reportOf(run.record).downloaded, 4);
    run.resume();
    await world.clock.pass(10 * SECOND);
    assert.equal(reportOf(run.record).downloaded, 10);
    assert.equal(reportOf(run.record).milliseconds, 5500);
  });

  it('waits as long as the service says, and then goes on by itself', async () => {
    const retryAt = NOW + 600 * SECOND;
    world.answer = () => (world.clock.now() < retryAt ? failure('quotaExceeded', { retryAt }) : 'batch');
    const run = await started(FROM, shiftSlot(FROM, 3));
    await world.clock.pass(1500);
    assert.deepEqual(run.phase.phase === 'waiting' && run.phase.until, retryAt);
    assert.equal(world.asked.length, 2);
    await world.clock.pass(610 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    assert.equal(world.asked.length, 6);
  });

  it('tries at once when a person does not want to wait', async () => {
    world.answer = () => failure('quotaExceeded', { retryAt: NOW + 3600 * SECOND });
    const run = await started(FROM, shiftSlot(FROM, 3));
    await world.clock.pass(1500);
    world.answer = () => 'batch';
    run.resume();
    await world.clock.pass(10 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    assert.equal(world.clock.waiting, 0);
  });

  for (const code of ['noApiKey', 'wrongApiKey', 'noLicence'] as const) {
    it(`ends at ${code}`, async () => {
      world.answer = () => failure(code);
      const run = await started();
      await world.clock.pass(5 * SECOND);
      assert.equal(run.phase.phase, 'finished');
      assert.equal(run.phase.problem?.code, code);
      assert.equal(world.asked.length, 2);
      assert.equal(world.underWay, 0);
    });
  }

  for (const code of ['offline', 'proxy', 'tls', 'diskFull', 'disk'] as const) {
    it(`stands still at ${code} until it is told to go on`, async () => {
      world.answer = () => failure(code);
      const run = await started(FROM, shiftSlot(FROM, 3));
      await world.clock.pass(60 * SECOND);
      assert.equal(run.phase.phase, 'paused');
      assert.equal(run.phase.problem?.code, code);
      assert.equal(world.asked.length, 2);
      world.answer = () => 'batch';
      run.resume();
      await world.clock.pass(10 * SECOND);
      assert.equal(reportOf(run.record).downloaded, 4);
    });
  }

  it('counts a minute that failed with its reason, goes on, and tries it again when told to', async () => {
    world.answer = ({ slot }) => (slot === FROM ? failure('corrupt') : 'batch');
    const run = await started(FROM, shiftSlot(FROM, 4));
    await world.clock.pass(10 * SECOND);
    assert.equal(run.phase.phase, 'finished');
    assert.deepEqual(run.record.failures, [{ sentence: 'It is corrupt.', minutes: [FROM] }]);
    world.answer = () => 'batch';
    run.resume();
    await world.clock.pass(10 * SECOND);
    assert.deepEqual(run.record.failures, []);
    assert.deepEqual([run.phase.phase, reportOf(run.record).downloaded], ['finished', 5]);
  });

  it('stands still when the service fails time after time', async () => {
    world.answer = () => failure('server');
    const run = await started();
    await world.clock.pass(600 * SECOND);
    assert.equal(run.phase.phase, 'paused');
    assert.ok(world.asked.length < 10);
  });

  it('comes back in the end for a minute that the service does not have yet', async () => {
    const retryAt = NOW + 30 * SECOND;
    const newest = shiftSlot(FROM, 4);
    world.answer = ({ slot }) =>
      slot === newest && world.clock.now() < retryAt ? failure('notAvailableYet', { retryAt }) : 'batch';
    const run = await started(FROM, newest);
    await world.clock.pass(10 * SECOND);
    assert.equal(run.phase.phase, 'waiting');
    await world.clock.pass(30 * SECOND);
    assert.deepEqual([run.phase.phase, reportOf(run.record).downloaded], ['finished', 5]);
  });

  it('gives a minute up that the service never has', async () => {
    world.answer = ({ slot }) => (slot === FROM ? failure('notAvailableYet') : 'batch');
    const run = await started(FROM, shiftSlot(FROM, 1));
    await world.clock.pass(600 * SECOND);
    assert.deepEqual([run.phase.phase, reportOf(run.record).failed], ['finished', 1]);
  });

  it('is paused by who cancels one of its downloads', async () => {
    world.answer = () => failure('cancelled');
    const run = await started();
    await world.clock.pass(5 * SECOND);
    assert.deepEqual(run.phase, { phase: 'paused' });
  });

  it('stands still before it would drive its own minutes out of the store', async () => {
    world.limits.room = 10_000;
    const run = rangeOf(FROM, shiftSlot(FROM, 29));
    Object.assign(world.ports, { room: () => 10_000 - run.bytes });
    run.start();
    await world.clock.pass(60 * SECOND);
    assert.equal(run.phase.phase, 'paused');
    assert.equal(run.phase.problem?.code, 'storeFull');
    assert.equal(reportOf(run.record).downloaded, 10);
  });

  it('goes on in another window from what was written down, and does not count twice', async () => {
    const run = await started();
    await world.clock.pass(5500);
    const text = formatTask(run.record);
    await world.clock.pass(2 * SECOND);
    run.halt();
    await world.clock.pass(600 * SECOND);
    assert.ok(run.isUnderWay, 'it was not paused, its window went away');
    const record = parseTask(run.id, text);
    assert.ok(record?.kind === 'range');
    const next = new RangeRun(record, world.ports);
    next.start();
    await world.clock.pass(60 * SECOND);
    const { milliseconds, ...minutes } = reportOf(next.record);
    assert.deepEqual(minutes, { downloaded: 105, alreadyStored: 0, missing: 0, failed: 0, left: 0 });
    assert.equal(next.record.records, 1050);
    assert.ok(milliseconds >= 21 * SECOND && milliseconds < 27 * SECOND, String(milliseconds));
  });

  it('stays paused, and keeps its question, in another window', async () => {
    world.answer = () => failure('offline');
    const run = await started();
    await world.clock.pass(5 * SECOND);
    const record = parseTask(run.id, formatTask(run.record));
    assert.ok(record?.kind === 'range');
    const next = new RangeRun(record, world.ports);
    const asked = world.asked.length;
    next.start();
    await world.clock.pass(60 * SECOND);
    assert.equal(next.phase.phase === 'paused' && next.phase.problem?.code, 'offline');
    assert.equal(world.asked.length, asked);
  });

  it('takes again what was deleted from the store meanwhile', async () => {
    const run = await started(FROM, shiftSlot(FROM, 3));
    await world.clock.pass(1500);
    run.pause();
    world.stored.clear();
    run.resume();
    await world.clock.pass(10 * SECOND);
    assert.deepEqual([reportOf(run.record).downloaded, world.stored.size], [4, 4]);
    assert.equal(run.record.records, 40);
  });

  it('tells how fast it is and how long it will take', async () => {
    const run = await started(FROM, shiftSlot(FROM, 99));
    await world.clock.pass(20 * SECOND);
    const { done, total, bytesPerSecond = 0, millisecondsLeft = 0 } = run.progress;
    assert.ok(total === 100 && done >= 38, String(done));
    assert.ok(Math.abs(bytesPerSecond - 1000) < 200, String(bytesPerSecond));
    assert.ok(
      Math.abs(millisecondsLeft - ((total - done) / 2) * SECOND) < 6 * SECOND,
      String(millisecondsLeft),
    );
  });

  it('leaves no minute without an end, whatever happens', async () => {
    const codes = [
      'missingBatch',
      'corrupt',
      'server',
      'offline',
      'quotaExceeded',
      'notAvailableYet',
      'tooOld',
    ] as const;
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomFrom(seed);
      world = new RangeWorld(new FakeClock(NOW));
      world.limits = {
        concurrency: 1 + Math.floor(random() * 4),
        tolerance: Math.floor(random() * 3),
        room: 1e9,
      };
      const trouble = random() * 0.3;
      const answers = new Map<string, ReturnType<RangeWorld['answer']>>();
      world.answer = ({ slot }) => {
        const known = answers.get(slot);
        if (known !== undefined && !(known instanceof Error && known.code !== 'missingBatch')) return known;
        const code = random() < trouble ? codes[Math.floor(random() * codes.length)] : undefined;
        const answer = code === undefined ? 'batch' : failure(code);
        answers.set(slot, answer);
        return answer;
      };
      const from = shiftSlot(hour('2026112206'), 0) + '17';
      let run = await started(minute(from), shiftSlot(minute(from), Math.floor(random() * 200)));
      for (let turn = 0; turn < 2000 && run.phase.phase !== 'finished'; turn++) {
        await world.clock.pass(random() * 5000);
        const what = random();
        if (run.phase.phase === 'paused') run.resume();
        else if (what < 0.1) run.pause();
        else if (what < 0.2) {
          const record = parseTask(run.id, formatTask(run.record));
          assert.ok(record?.kind === 'range');
          run.halt();
          run = new RangeRun(record, world.ports);
          run.start();
        }
      }
      const record = run.record;
      const { downloaded, alreadyStored, missing, failed, left } = reportOf(record);
      assert.equal(run.phase.phase, 'finished', `seed ${String(seed)}`);
      assert.equal(left, 0, `seed ${String(seed)}`);
      assert.equal(downloaded + alreadyStored + missing + failed, record.ledger.length);
      assert.equal(record.failures.flatMap(({ minutes }) => minutes).length, failed);
      assert.equal(record.records, (downloaded + alreadyStored) * 10);
      assert.ok(world.mostAtOnce <= world.limits.concurrency);
    }
  });
});

/** The same numbers from 0 to 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
