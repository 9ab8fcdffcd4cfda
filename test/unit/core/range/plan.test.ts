import assert from 'node:assert/strict';
import { minutesOf, shiftSlot } from '../../../../src/core/feed/slot.ts';
import type { Hour, Minute } from '../../../../src/core/feed/slot.ts';
import { planSteps } from '../../../../src/core/range/plan.ts';
import { hour, minute } from '../../../support/records.ts';

/** The newest minute is 11:30, the newest package 10h, the oldest minute 2026-11-15 12:30. */
const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);

function between(from: Minute, to: Minute): Minute[] {
  const minutes: Minute[] = [];
  for (let at = from; at <= to; at = shiftSlot(at, 1)) minutes.push(at);
  return minutes;
}

/** A plan in short: packages by name, minutes in a row by how many and their first and last. */
function planned(
  span: readonly [string, string],
  without: (minute: Minute) => boolean = () => false,
  withoutPackage: readonly Hour[] = [],
): string[] {
  const [from, to] = [minute(span[0]), minute(span[1])];
  const minutes = between(from, to).filter((one) => !without(one));
  const steps = planSteps(minutes, { from, to }, new Set(withoutPackage), NOW);
  assert.deepEqual(steps.flatMap((step) => step.minutes).sort(), minutes, 'each minute in one step');
  const short: string[] = [];
  for (const { slot } of steps) {
    const [, first] = /^(\d{12}) /u.exec(short.at(-1) ?? '') ?? [];
    if (slot.length === 12 && first !== undefined) short[short.length - 1] = `${first} … ${slot}`;
    else short.push(slot.length === 12 ? `${slot} ` : slot);
  }
  return short.map((text) => text.trim());
}

describe('the plan of a range', () => {
  const inHour = (name: string, ...keep: readonly number[]) => {
    const minutes = minutesOf(hour(name)).filter((_, at) => !keep.includes(at));
    return (one: Minute): boolean => minutes.includes(one);
  };

  for (const [what, plan, expected] of [
    ['one minute', planned(['202611220903', '202611220903']), ['202611220903']],
    ['an hour', planned(['202611220900', '202611220959']), ['2026112209']],
    [
      'an hour and parts of its neighbours',
      planned(['202611220858', '202611221001']),
      ['202611221001 … 202611221000', '2026112209', '202611220859 … 202611220858'],
    ],
    ['an hour less a minute', planned(['202611220900', '202611220958']), ['202611220958 … 202611220900']],
    [
      'an hour whose package is still to come',
      planned(['202611221000', '202611221130']),
      ['202611221130 … 202611221100', '2026112210'],
    ],
    ['two hours', planned(['202611220800', '202611220959']), ['2026112209', '2026112208']],
    ['midnight', planned(['202611212300', '202611220059']), ['2026112200', '2026112123']],
    [
      'an hour without a package',
      planned(['202611220900', '202611220959'], undefined, [hour('2026112209')]),
      ['202611220959 … 202611220900'],
    ],
    [
      'an hour that is half in the store',
      planned(
        ['202611220900', '202611220959'],
        (one) => !inHour('2026112209', ...Array.from({ length: 30 }, (_, at) => at))(one),
      ),
      ['2026112209'],
    ],
    [
      'an hour that is mostly in the store',
      planned(['202611220900', '202611220959'], inHour('2026112209', 3, 4)),
      ['202611220904 … 202611220903'],
    ],
    [
      'what is about to be too old: that first, oldest first',
      planned(['202611151230', '202611151601']),
      [
        '202611151230 … 202611151259',
        '2026111513',
        '2026111514',
        '2026111515',
        '202611151601 … 202611151600',
      ],
    ],
  ] as const) {
    it(`is right for ${what}`, () => {
      assert.deepEqual(plan, expected);
    });
  }

  it('is made in a moment for a week', () => {
    const [from, to] = [minute('202611151230'), minute('202611221130')];
    const minutes = between(from, to);
    const start = performance.now();
    const steps = planSteps(minutes, { from, to }, new Set(), NOW);
    assert.ok(performance.now() - start < 100);
    assert.equal(steps.length, 166 + 30 + 31);
  });
});
