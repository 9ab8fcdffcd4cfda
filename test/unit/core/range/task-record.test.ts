import assert from 'node:assert/strict';
import { newFollow } from '../../../../src/core/range/follow-record.ts';
import type { FollowRecord } from '../../../../src/core/range/follow-record.ts';
import { newRange } from '../../../../src/core/range/range-record.ts';
import type { RangeRecord } from '../../../../src/core/range/range-record.ts';
import { formatTask, parseTask } from '../../../../src/core/range/task-record.ts';
import { minute } from '../../../support/records.ts';

const REQUEST = { feed: 'urls', from: minute('202611220830'), to: minute('202611220833') } as const;
const PROBLEM = { code: 'offline', sentence: 'The network is gone.' } as const;
const RANGE: RangeRecord = {
  ...newRange(REQUEST),
  isBegun: true,
  ledger: 'dsmf',
  failures: [{ sentence: 'Broken.', minutes: [minute('202611220833')] }],
  records: 12,
  bytes: 345,
  milliseconds: 6789.5,
};
const FOLLOW: FollowRecord = {
  ...newFollow('ip_addresses', Date.UTC(2026, 10, 22, 12, 30)),
  late: [{ minute: minute('202611221129'), tries: 2, at: 1_795_000_000_000 }],
  gone: [minute('202611221120')],
  acceptedUpTo: minute('202611221120'),
  skipped: { from: minute('202611220900'), to: minute('202611221000') },
};

describe('what is written down of ranges and follows', () => {
  for (const record of [
    RANGE,
    { ...RANGE, phase: { phase: 'paused' } },
    { ...RANGE, phase: { phase: 'paused', problem: PROBLEM } },
    { ...RANGE, phase: { phase: 'waiting', until: 1_795_000_000_000, problem: PROBLEM } },
    { ...RANGE, phase: { phase: 'finished' } },
    { ...RANGE, phase: { phase: 'finished', problem: PROBLEM } },
    FOLLOW,
    newFollow('files', Date.UTC(2026, 10, 22, 12, 30)),
    { ...FOLLOW, phase: { phase: 'waiting', until: 1_795_000_000_000, problem: PROBLEM } },
    { ...FOLLOW, phase: { phase: 'paused', problem: PROBLEM } },
  ] satisfies readonly (RangeRecord | FollowRecord)[]) {
    it(`is read as it was written: a ${record.kind}, ${JSON.stringify(record.phase)}`, () => {
      assert.deepEqual(parseTask(record.id, formatTask(record)), record);
    });
  }

  const changed = (change: object, record: RangeRecord | FollowRecord = RANGE): string =>
    JSON.stringify({ version: 1, ...record, ...change });
  for (const [what, id, text] of [
    ['no JSON', RANGE.id, '{'],
    ['a newer version', RANGE.id, changed({ version: 2 })],
    ['another kind', RANGE.id, changed({ kind: 'search' })],
    ['another name', 'range-urls-202611220830-202611220834', changed({})],
    ['no feed', RANGE.id, changed({ request: { ...REQUEST, feed: 'nonsense' } })],
    ['no minute', RANGE.id, changed({ request: { ...REQUEST, from: '2026112208' } })],
    ['an end before its start', RANGE.id, changed({ request: { ...REQUEST, to: '202611220829' } })],
    ['a ledger of another length', RANGE.id, changed({ ledger: 'dsm' })],
    ['a ledger of unknown letters', RANGE.id, changed({ ledger: 'dsmX' })],
    ['an unknown phase', RANGE.id, changed({ phase: { phase: 'flying' } })],
    ['a follow of another feed', FOLLOW.id, changed({ feed: 'files' }, FOLLOW)],
    ['a follow of no minute', FOLLOW.id, changed({ last: 'x' }, FOLLOW)],
  ] as const) {
    it(`is left alone where it is ${what}`, () => {
      assert.equal(parseTask(id, text), undefined);
    });
  }
});
