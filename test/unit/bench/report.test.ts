import assert from 'node:assert/strict';
import type { Figure } from '../../../bench/report/figure.ts';
import { isMet } from '../../../bench/report/figure.ts';
import { toJson } from '../../../bench/report/json.ts';
import { measured, speedRatio, timeRatio } from '../../../bench/report/measured.ts';
import { numberText } from '../../../bench/report/number-text.ts';
import { tableOfBars } from '../../../bench/report/table.ts';

const atLeast = { sense: 'atLeast', bar: 0.9, stretch: 1.3 } as const;
const atMost = { sense: 'atMost', bar: 50, stretch: 16 } as const;

describe('figures of the bench', () => {
  for (const [value, target, met, verdict] of [
    [0.89, atLeast, false, 'missed'],
    [0.9, atLeast, true, 'met'],
    [1.3, atLeast, true, 'stretch met'],
    [50.1, atMost, false, 'missed'],
    [50, atMost, true, 'met'],
    [16, atMost, true, 'stretch met'],
    [null, atMost, null, 'not measured'],
  ] as const) {
    it(`${String(value)} with ${target.sense} ${String(target.bar)} is ${verdict}`, () => {
      const figure: Figure = { name: 'a', value, unit: 'ms', rival: null, target };
      assert.equal(isMet(figure), met);
      assert.match(tableOfBars([figure]), new RegExp(`\\| ${verdict} +\\|$`, 'u'));
    });
  }

  it('speed is above 1 for who takes less time, time is above 1 for who takes more', () => {
    const rival = { name: 'lbzip2', seconds: [2, 2, 4] };
    assert.equal(speedRatio('a', [1, 1, 1], rival).value, 2);
    assert.equal(timeRatio('a', [1, 1, 1], rival).value, 0.5);
    assert.equal(speedRatio('a', [1, 1, 1], rival).rival, 'lbzip2: 2.00 s');
  });

  it('a rival that is not installed leaves the figure open, and is named', () => {
    const figure = speedRatio('a', [1], { name: 'lbzip2', seconds: [] }, atLeast);
    assert.equal(figure.value, null);
    assert.equal(isMet(figure), null);
    assert.match(figure.rival ?? '', /^lbzip2: skipped/u);
  });

  it('are written for programs with these members and no others', () => {
    const rows: unknown = JSON.parse(
      toJson([measured('a', 's', [3, 1, 2], { rival: 'b' }), measured('c', '×', [1], { target: atLeast })]),
    );
    assert.deepEqual(rows, [
      { name: 'a', value: 2, unit: 's', rival: 'b', bar: null, stretch: null, met: null },
      { name: 'c', value: 1, unit: '×', rival: null, bar: 0.9, stretch: 1.3, met: true },
    ]);
  });

  it('stand in a table whose cells no rival breaks', () => {
    const table = tableOfBars([measured('a', 's', [1], { rival: 'zstd | rg', target: atMost })]);
    const bars = table.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
    assert.deepEqual(bars, [9, 9, 9]);
  });

  for (const [value, text] of [
    [0, '0'],
    [0.01234, '0.012'],
    [0.5, '0.500'],
    [1.666, '1.67'],
    [36.04, '36.0'],
    [1234.6, '1235'],
  ] as const) {
    it(`${String(value)} is written ${text}`, () => {
      assert.equal(numberText(value), text);
    });
  }
});
