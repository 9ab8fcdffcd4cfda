import assert from 'node:assert/strict';
import type { SlotState } from '../../../../src/core/catalog/slot-state.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { describeState, explainState } from '../../../../src/vscode/tree/slot-description.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);

describe('descriptions of a slot', () => {
  const failure = new VtFeedsError(
    'offline',
    'storage.example cannot be reached (ECONNREFUSED). Check the network.',
  );
  const cases: readonly (readonly [state: SlotState, beside: string, tooltip: RegExp])[] = [
    [
      { state: 'notYet', availableAt: NOW + 60_000 },
      'available at 12:31 UTC',
      /^Not available yet: it will be at 12:31 UTC\.$/u,
    ],
    [
      { state: 'notYet', availableAt: Date.UTC(2026, 10, 23, 0, 5) },
      'available at 2026-11-23 00:05 UTC',
      /2026-11-23 00:05 UTC/u,
    ],
    [{ state: 'available' }, '', /Click to download/u],
    [{ state: 'tooOld' }, 'no longer served', /7 days/u],
    [{ state: 'queued' }, 'waiting…', /Waits for another download/u],
    [
      { state: 'downloading', received: 500_000, total: 1_000_000 },
      'downloading 50%',
      /^Downloading: 500 KB of 1\.0 MB\.$/u,
    ],
    [
      { state: 'downloading', received: 500_000, total: undefined },
      'downloading 500 KB',
      /^Downloading: 500 KB\.$/u,
    ],
    [
      { state: 'stored', records: 1, bytes: 2_500_000, linksExpired: false },
      '1 record · 2.5 MB',
      /^Downloaded: 1 record, 2\.5 MB on disk\.$/u,
    ],
    [
      { state: 'stored', records: 1200, bytes: 10, linksExpired: true },
      '1,200 records · 10 B · links expired',
      /links have ended/u,
    ],
    [{ state: 'missing' }, 'no batch', /nothing is lost/u],
    [
      { state: 'failed', error: failure },
      'failed: storage',
      /^storage\.example cannot be reached \(ECONNREFUSED\)\. Check the network\.$/u,
    ],
  ];
  for (const [state, beside, tooltip] of cases.slice(0, -1)) {
    it(`say ${JSON.stringify(beside)} of ${state.state}`, () => {
      assert.equal(describeState(state, NOW), beside);
      assert.match(explainState(state, NOW), tooltip);
    });
  }

  it('say what failed in a few words, and all of it in the tooltip', () => {
    const state: SlotState = { state: 'failed', error: failure };
    assert.equal(describeState(state, NOW), 'failed: storage.example cannot be reached');
    assert.equal(explainState(state, NOW), failure.message);
  });
});
