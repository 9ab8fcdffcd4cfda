import assert from 'node:assert/strict';
import { Arrivals } from '../../../../src/core/catalog/arrivals.ts';
import { batchKey } from '../../../../src/core/feed/batch-id.ts';
import { minute } from '../../../support/records.ts';

const ONE = { feed: 'files', slot: minute('202611221003') } as const;
const OTHER = { feed: 'urls', slot: minute('202611221003') } as const;

describe('Arrivals', () => {
  let now: number;
  let told: string[];
  let arrivals: Arrivals;
  beforeEach(() => {
    now = 5;
    told = [];
    arrivals = new Arrivals(() => now);
    arrivals.onDidChange((id) => told.push(`${batchKey(id)} ${arrivals.has(id) ? 'comes' : 'ended'}`));
  });

  it('tells at once when a batch can be read, and when its download has ended', () => {
    arrivals.grow(ONE);
    assert.ok(arrivals.has(ONE) && !arrivals.has(OTHER));
    arrivals.end(ONE);
    assert.ok(!arrivals.has(ONE));
    assert.deepEqual(told, ['files/202611221003 comes', 'files/202611221003 ended']);
  });

  it('tells of more at most once a second, each batch for itself', () => {
    arrivals.grow(ONE);
    for (const at of [10, 500, 1004]) {
      now = at;
      arrivals.grow(ONE);
    }
    assert.equal(told.length, 1);
    arrivals.grow(OTHER);
    now = 1005;
    arrivals.grow(ONE);
    assert.deepEqual(told, [
      'files/202611221003 comes',
      'urls/202611221003 comes',
      'files/202611221003 comes',
    ]);
  });

  it('says nothing of the end of a batch that could not be read before', () => {
    arrivals.end(ONE);
    assert.deepEqual(told, []);
  });

  it('begins anew with the next download of the same batch', () => {
    arrivals.grow(ONE);
    arrivals.end(ONE);
    arrivals.grow(ONE);
    assert.equal(told.length, 3);
  });
});
