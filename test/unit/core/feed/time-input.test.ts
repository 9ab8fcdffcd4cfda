import assert from 'node:assert/strict';
import { TIME_INPUT_HELP, parseTimeInput } from '../../../../src/core/feed/time-input.ts';

const NOW = Date.UTC(2026, 10, 22, 11, 30, 45);

describe('parseTimeInput', () => {
  const read: readonly (readonly [text: string, slot: string])[] = [
    ['202611221003', '202611221003'],
    ['2026112210', '2026112210'],
    ['  202611221003\n', '202611221003'],
    ['2026-11-22 10:03', '202611221003'],
    ['2026-11-22T10:03Z', '202611221003'],
    ['2026-11-22t10:03 utc', '202611221003'],
    ['2026-11-22   10:03 UTC', '202611221003'],
    ['2026-11-22 1003', '202611221003'],
    ['2026-11-22 10h', '2026112210'],
    ['2026-11-22 10', '2026112210'],
    ['2026-11-22 10 UTC', '2026112210'],
    ['2024-02-29 00:00', '202402290000'],
    ['-90m', '202611221000'],
    ['-90', '202611221000'],
    ['-90 min', '202611221000'],
    ['- 90 M', '202611221000'],
    ['-3h', '202611220830'],
    ['-2d', '202611201130'],
    ['-0m', '202611221130'],
    ['10:03', '202611221003'],
    ['10:30', '202611221030'],
    ['10:31', '202611211031'],
    ['23:59', '202611212359'],
    ['00:00', '202611220000'],
    ['now', '202611221030'],
    ['latest', '202611221030'],
    [' Latest ', '202611221030'],
  ];
  for (const [text, slot] of read) {
    it(`reads ${JSON.stringify(text)} as ${slot}`, () => {
      assert.equal(parseTimeInput(text, NOW), slot);
    });
  }

  const nonsense = [
    '',
    ' ',
    'yesterday',
    'latest minute',
    '24:00',
    '10:60',
    '1:03',
    '10.03',
    '2026-11-22',
    '2026-11-22 24:00',
    '2026-11-22 10:60',
    '2026-11-22 10:3',
    '2026-02-30 10:03',
    '2026/11/22 10:03',
    '22-11-2026 10:03',
    '2026-11-22 10:03:00',
    '2026-11-22 10:03 CET',
    '2026-11-22 10:03+01:00',
    '20261122100',
    '202602300000',
    '٢٠٢٦١١٢٢١٠٠٣',
    '90m',
    '+90m',
    '-90s',
    '-m',
    '--5m',
    '-1.5h',
    '-999999m',
    '\u0000',
  ];
  for (const text of nonsense) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseTimeInput(text, NOW), undefined);
    });
  }

  it('reads every spelling its help names', () => {
    const spellings = TIME_INPUT_HELP.replace(/;.*/u, '')
      .split(/, | or /u)
      .map((part) => part.replace(/ for .*/u, ''));
    assert.deepEqual(spellings, [
      '202611221003',
      '2026-11-22 10:03',
      '10:03',
      '2026112210',
      '-90m',
      '-3h',
      'latest',
    ]);
    for (const spelling of spellings) assert.ok(parseTimeInput(spelling, NOW) !== undefined, spelling);
  });
});
