import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  dayAt,
  dayOf,
  hourAt,
  hourOf,
  isMinute,
  minuteAt,
  minutesOf,
  parseSlot,
  shiftSlot,
  startOf,
} from '../../../../src/core/feed/slot.ts';
import { hour, minute } from '../../../support/records.ts';

const run = promisify(execFile);

describe('parseSlot', () => {
  const real: readonly (readonly [text: string, iso: string])[] = [
    ['202611221003', '2026-11-22T10:03:00.000Z'],
    ['2026112210', '2026-11-22T10:00:00.000Z'],
    ['202402290000', '2024-02-29T00:00:00.000Z'],
    ['200002292359', '2000-02-29T23:59:00.000Z'],
    ['202612312359', '2026-12-31T23:59:00.000Z'],
    ['202701010000', '2027-01-01T00:00:00.000Z'],
    ['2024022923', '2024-02-29T23:00:00.000Z'],
    ['197001010000', '1970-01-01T00:00:00.000Z'],
    ['999912312359', '9999-12-31T23:59:00.000Z'],
  ];
  for (const [text, iso] of real) {
    it(`reads ${text}`, () => {
      const slot = parseSlot(text);
      assert.equal(slot, text);
      assert.equal(new Date(startOf(slot)).toISOString(), iso);
      assert.equal(isMinute(slot), text.length === 12);
    });
  }

  const unreal = [
    '',
    '20261122',
    '20261122100',
    '2026112210030',
    '20261122100300',
    '202602290000',
    '190002290000',
    '202602300000',
    '202604310000',
    '202611222400',
    '202611222460',
    '202611221060',
    '2026112224',
    '202600010000',
    '202613010000',
    '202601000000',
    '202601320000',
    '000101010000',
    '٢٠٢٦١١٢٢١٠٠٣',
    '２０２６１１２２１００３',
    ' 202611221003',
    '202611221003\n',
    '2026-11-22 10',
    '+02611221003',
    '-02611221003',
    '20261122100.',
    '2e2611221003',
    '__proto__',
  ];
  for (const text of unreal) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseSlot(text), undefined);
    });
  }

  it('reads every minute of a leap day and of a year end, and nothing it would not write', () => {
    for (const start of [Date.UTC(2024, 1, 29), Date.UTC(2026, 11, 31)]) {
      for (let time = start; time < start + 86_400_000; time += 60_000) {
        const slot = parseSlot(minuteAt(time));
        assert.ok(slot !== undefined);
        assert.equal(startOf(slot), time);
      }
    }
  });
});

describe('slots at a moment', () => {
  it('cut at the start of their minute, hour or day, never ahead of it', () => {
    const last = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
    assert.deepEqual([minuteAt(last), hourAt(last), dayAt(last)], ['202612312359', '2026123123', '20261231']);
    assert.deepEqual(
      [minuteAt(last + 1), hourAt(last + 1), dayAt(last + 1)],
      ['202701010000', '2027010100', '20270101'],
    );
  });

  it('know the hour and the day they lie in', () => {
    assert.equal(hourOf(minute('202611221003')), '2026112210');
    assert.equal(hourOf(hour('2026112210')), '2026112210');
    assert.equal(dayOf(minute('202611221003')), '20261122');
    assert.equal(startOf(dayOf(minute('202611221003'))), Date.UTC(2026, 10, 22));
  });
});

describe('shiftSlot', () => {
  const steps: readonly (readonly [from: string, steps: number, to: string])[] = [
    ['202611221059', 1, '202611221100'],
    ['202611222359', 1, '202611230000'],
    ['202612312359', 1, '202701010000'],
    ['202701010000', -1, '202612312359'],
    ['202402282359', 1, '202402290000'],
    ['202302282359', 1, '202303010000'],
    ['202403010000', -1, '202402292359'],
    ['202611221003', 1440, '202611231003'],
    ['202611221003', 0, '202611221003'],
  ];
  for (const [from, count, to] of steps) {
    it(`goes from ${from} ${String(count)} on to ${to}`, () => {
      assert.equal(shiftSlot(minute(from), count), to);
    });
  }

  it('goes by hours from an hour', () => {
    assert.equal(shiftSlot(hour('2026123123'), 1), '2027010100');
    assert.equal(shiftSlot(hour('2024030100'), -1), '2024022923');
  });
});

describe('minutesOf', () => {
  it('gives sixty minutes in order', () => {
    const minutes = minutesOf(hour('2024022923'));
    assert.equal(minutes.length, 60);
    assert.equal(minutes[0], '202402292300');
    assert.equal(minutes.at(-1), '202402292359');
    assert.deepEqual([...new Set(minutes)].sort(), minutes);
  });
});

describe('slots in other time zones', () => {
  const source = new URL('../../../../src/core/feed/', import.meta.url).href;
  const script = `
    import { parseSlot, startOf, minuteAt, hourAt, dayAt, shiftSlot, minutesOf } from '${source}slot.ts';
    import { newestMinute, oldestStart } from '${source}window.ts';
    import { parseTimeInput } from '${source}time-input.ts';
    import { slotText, momentText } from '${source}slot-text.ts';
    // A second each side of where clocks are changed in Europe, the Americas and nowhere.
    const moments = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 11, 31, 23, 59, 59, 999)];
    console.log(JSON.stringify(moments.map((at) => [
      minuteAt(at), hourAt(at), dayAt(at), shiftSlot(minuteAt(at), 1), minutesOf(hourAt(at)).at(-1), startOf(minuteAt(at)),
      newestMinute(at), oldestStart(at), parseSlot(minuteAt(at)), parseTimeInput('-90m', at), parseTimeInput('2026-03-29 02:30', at),
      slotText(minuteAt(at)), momentText(at, at), momentText(at, 0),
    ])));`;
  const inZone = async (zone: string): Promise<string> => {
    const { stdout } = await run(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      {
        env: { ...process.env, TZ: zone },
      },
    );
    return stdout.trim();
  };

  it('are the same in every one of them', async () => {
    const [utc = '', ...others] = await Promise.all(
      ['UTC', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'America/St_Johns'].map(inZone),
    );
    assert.match(utc, /"202603290100","2026032901","20260329","202603290101","202603290159",1774746000000/u);
    assert.deepEqual(
      others,
      others.map(() => utc),
    );
    assert.equal(others.length, 3);
  });
});
