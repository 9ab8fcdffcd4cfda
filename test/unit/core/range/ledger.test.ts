import assert from 'node:assert/strict';
import { shiftSlot } from '../../../../src/core/feed/slot.ts';
import { Ledger } from '../../../../src/core/range/ledger.ts';
import { minute } from '../../../support/records.ts';

const REQUEST = { feed: 'files', from: minute('202611222358'), to: minute('202611230002') } as const;

describe('Ledger', () => {
  it('knows what became of each minute, across midnight', () => {
    const ledger = Ledger.blank(REQUEST);
    ledger.set(minute('202611222359'), 'downloaded');
    ledger.set(minute('202611230000'), 'missing');
    ledger.set(minute('202611230000'), 'failed');
    ledger.set(minute('202611230003'), 'failed');
    assert.equal(ledger.toString(), '.df..');
    assert.deepEqual([ledger.size, ledger.count('pending'), ledger.count('downloaded', 'failed')], [5, 3, 2]);
    assert.equal(ledger.fateOf(minute('202611230003')), undefined);
    assert.deepEqual(ledger.minutes('pending'), ['202611222358', '202611230001', '202611230002']);
  });

  it('reads what it wrote, and nothing else', () => {
    assert.equal(Ledger.parse(REQUEST, 'dskma')?.toString(), 'dskma');
    for (const text of ['dskm', 'dskmaf', 'dskm?', '', 'dskm😀'])
      assert.equal(Ledger.parse(REQUEST, text), undefined, text);
  });

  it('finds stretches at the ends, in the middle, and over all', () => {
    const stretches = (text: string): string[] =>
      (Ledger.parse(REQUEST, text)?.stretches('missing', 'acceptedMissing') ?? []).map(
        ({ from, to, fates }) => `${from.slice(8)}-${to.slice(8)} ${String(fates.length)}`,
      );
    assert.deepEqual(stretches('mm.ma'), ['2358-2359 2', '0001-0002 2']);
    assert.deepEqual(stretches('.mam.'), ['2359-0001 3']);
    assert.deepEqual(stretches('mmmmm'), ['2358-0002 5']);
    assert.deepEqual(stretches('.....'), []);
    assert.equal(shiftSlot(REQUEST.from, 4), REQUEST.to);
  });
});
