import assert from 'node:assert/strict';
import { durationText } from '../../../../src/core/range/duration-text.ts';
import { squeezeOf, squeezeSentence } from '../../../../src/core/range/estimate.ts';
import { progressText } from '../../../../src/core/range/progress-text.ts';
import type { RangePhase } from '../../../../src/core/range/range-phase.ts';
import { newRange } from '../../../../src/core/range/range-record.ts';
import type { RangeRecord } from '../../../../src/core/range/range-record.ts';
import { reportSentence, reportText } from '../../../../src/core/range/report-text.ts';
import { minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const PROBLEM = { code: 'offline', sentence: 'The network is gone.' } as const;

describe('durationText', () => {
  for (const [milliseconds, expected] of [
    [0, '1 s'],
    [45_400, '45 s'],
    [59_600, '1 min'],
    [240_000, '4 min'],
    [3_599_000, '1 h'],
    [7_800_000, '2 h 10 min'],
    [90_000_000, '25 h'],
  ] as const) {
    it(`${String(milliseconds)} ms is ${expected}`, () => {
      assert.equal(durationText(milliseconds), expected);
    });
  }
});

describe('progressText', () => {
  const some = { done: 34, total: 100, bytesPerSecond: 3_200_000, millisecondsLeft: 240_000 };
  for (const [phase, expected] of [
    [{ phase: 'running' }, '34% · 4 min left · 3.2 MB/s'],
    [{ phase: 'waiting', until: NOW + 60_000, problem: PROBLEM }, '34% · waits until 12:31 UTC'],
    [{ phase: 'paused' }, 'paused at 34%'],
    [{ phase: 'paused', problem: PROBLEM }, 'paused at 34%: a question is open'],
    [{ phase: 'finished' }, 'done'],
    [{ phase: 'finished', problem: PROBLEM }, 'ended at 34%'],
  ] satisfies readonly (readonly [RangePhase, string])[]) {
    it(`says ${expected}`, () => {
      assert.equal(progressText(phase, some, NOW), expected);
    });
  }

  it('says no more than is known', () => {
    const none = { done: 0, total: 3, bytesPerSecond: undefined, millisecondsLeft: undefined };
    assert.equal(progressText({ phase: 'running' }, none, NOW), '0%');
    assert.equal(progressText({ phase: 'running' }, { ...none, done: 2 }, NOW), '66%');
  });
});

describe('the report of a range', () => {
  const [from, to] = [minute('202611220830'), minute('202611220839')];
  const record: RangeRecord = {
    ...newRange({ feed: 'files', from, to }),
    phase: { phase: 'finished' },
    ledger: 'dddsmmaff.',
    failures: [
      { sentence: 'The batch is damaged.', minutes: [minute('202611220837'), minute('202611220838')] },
    ],
    records: 1234,
    bytes: 5_600_000,
    milliseconds: 65_000,
  };

  it('fits into a sentence or two', () => {
    assert.equal(
      reportSentence(record),
      'Files 2026-11-22 08:30 to 08:39: 3 minutes downloaded, 1 already in the store, 3 without a batch, 2 failed, 1 left. ' +
        '1,234 records, 5.6 MB on disk, in 1 min.',
    );
    const good = { ...record, ledger: 'dddddddddd', failures: [], records: 1, bytes: 20, milliseconds: 900 };
    assert.equal(
      reportSentence(good),
      'Files 2026-11-22 08:30 to 08:39: 10 minutes downloaded. 1 record, 20 B on disk, in 1 s.',
    );
  });

  it('names every minute in the document', () => {
    assert.deepEqual(reportText({ ...record, phase: { phase: 'finished', problem: PROBLEM } }).split('\n'), [
      'Files 2026-11-22 08:30 to 08:39, all times UTC',
      '',
      'The network is gone.',
      '',
      '  Downloaded            3 minutes',
      '  Already in the store  1 minute',
      '  Without a batch       3 minutes',
      '  Failed                2 minutes',
      '  Left                  1 minute',
      '  Records               1,234',
      '  Size on disk          5.6 MB',
      '  Time                  1 min',
      '',
      'Without a batch: none was generated, and nothing is lost',
      '  2026-11-22 08:34 to 08:36 (3 minutes)',
      '',
      'Failed: The batch is damaged.',
      '  2026-11-22 08:37',
      '  2026-11-22 08:38',
      '',
      'Left',
      '  2026-11-22 08:39',
      '',
      'Downloaded',
      '  2026-11-22 08:30 to 08:32 (3 minutes)',
      '',
    ]);
  });
});

describe('the question before a range that does not fit', () => {
  for (const [needed, stored, limit, kind] of [
    [100, 900, 1000, undefined],
    [101, 900, 1000, 'displacesOthers'],
    [1000, 900, 1000, 'displacesOthers'],
    [1001, 0, 1000, 'doesNotFit'],
  ] as const) {
    it(`is ${kind ?? 'not asked'} for ${String(needed)} bytes beside ${String(stored)} of ${String(limit)}`, () => {
      assert.equal(squeezeOf(needed, stored, limit)?.kind, kind);
    });
  }

  it('says what will be deleted', () => {
    const squeeze = { needed: 7_200_000_000, limit: 4_096_000_000 };
    assert.match(
      squeezeSentence({ kind: 'doesNotFit', ...squeeze }, 1440),
      /^1,440 minutes will take about 7\.2 GB, and the store may hold 4\.1 GB\. All other batches/u,
    );
    assert.match(
      squeezeSentence({ kind: 'displacesOthers', ...squeeze }, 1),
      /^1 minute will .*used longest ago/u,
    );
  });
});
