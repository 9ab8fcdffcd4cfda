import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import type { StoredDay } from '../../../../src/core/store/stored-day.ts';
import type { StoredBatch, StoreListing } from '../../../../src/core/store/stored.ts';
import { StoreKeeper } from '../../../../src/vscode/batches/store-keeper.ts';
import type { StoreKeeperParts } from '../../../../src/vscode/batches/store-keeper.ts';
import { minute } from '../../../support/records.ts';
import { storedDays } from '../../../support/stored-days.ts';
import { weekOfBatches } from '../../../support/week-of-batches.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);

function stored(slot: string, bytes = 100): StoredBatch {
  return { feed: 'files', slot: minute(slot), records: 1, bytes };
}

interface Asked {
  readonly store: { readonly root: string };
  readonly days?: readonly { readonly feed: string; readonly day: string }[];
  readonly maxBytes?: number;
  readonly keep?: readonly string[];
}

/** Stores by their root, behind the messages a worker answers; each call is noted. */
class FakeStores {
  readonly stores = new Map<string, StoredDay[]>();
  readonly calls: { readonly method: string; readonly input: Asked }[] = [];
  /** Runs while a worker answers the method it is kept under. */
  readonly meanwhile = new Map<string, () => void>();

  set(root: string, listing: Partial<StoreListing>): void {
    this.stores.set(root, storedDays(listing));
  }

  async read(method: string, input: Asked): Promise<unknown> {
    this.calls.push({ method, input });
    const days = this.stores.get(input.store.root) ?? [];
    const answer = this.answer(method, input, days);
    await new Promise((turn) => setImmediate(turn));
    this.meanwhile.get(method)?.();
    return answer;
  }

  made(method: string): Asked[] {
    return this.calls.filter((call) => call.method === method).map(({ input }) => input);
  }

  private answer(method: string, { days: asked = [] }: Asked, days: readonly StoredDay[]): unknown {
    switch (method) {
      case 'listDays':
        return days.map(({ feed, day, stamp }) => ({ feed, day, stamp }));
      case 'readDays':
        return structuredClone(
          asked.flatMap((id) => days.find(({ feed, day }) => feed === id.feed && day === id.day) ?? []),
        );
      case 'evict':
        return [stored('202611221003')];
      default:
        return assert.fail(`${method} was not expected`);
    }
  }
}

describe('StoreKeeper', () => {
  let stores: FakeStores;
  let root: string;
  let maxBytes: number;
  let catalog: Catalog;
  let keeper: StoreKeeper;
  beforeEach(() => {
    stores = new FakeStores();
    root = 'real';
    maxBytes = 1000;
    catalog = new Catalog();
    keeper = new StoreKeeper({
      catalog,
      log: { info: () => undefined },
      maxStoreBytes: () => maxBytes,
      openBatches: () => ['urls/202611221004'],
      queue: { cancelAll: () => Promise.resolve() },
      source: {
        get store() {
          return { root };
        },
        artifactRoot: () => 'artifacts',
      },
      threads: stores as unknown as StoreKeeperParts['threads'],
    });
  });

  it('reads a week of five feeds in parts that are soon taken over', async () => {
    stores.stores.set('real', weekOfBatches(NOW));
    await keeper.ensureListed();
    assert.equal(catalog.totals().count, 50_400);
    const parts = stores.made('readDays').map(({ days = [] }) => days.length);
    assert.equal(
      parts.reduce((sum, days) => sum + days),
      35,
    );
    assert.ok(Math.max(...parts) <= 10, String(parts));
  });

  it('reads once for all who ensure it, and nothing again that has not changed', async () => {
    stores.stores.set('real', weekOfBatches(NOW));
    await Promise.all([keeper.ensureListed(), keeper.ensureListed()]);
    assert.equal(stores.made('listDays').length, 1);
    stores.calls.length = 0;
    let changes = 0;
    catalog.onDidChange(() => changes++);
    await keeper.reload();
    assert.deepEqual(
      stores.calls.map(({ method }) => method),
      ['listDays'],
    );
    assert.equal(changes, 0);
  });

  it('reads the day that another window has changed, and no other', async () => {
    const before = [stored('202611221003'), stored('202611211003')];
    stores.set('real', { batches: before });
    await keeper.ensureListed();
    stores.set('real', { batches: [...before, stored('202611221004')] });
    stores.calls.length = 0;
    await keeper.reload();
    assert.deepEqual(stores.made('readDays').at(0)?.days, [{ feed: 'files', day: '20261122' }]);
    assert.equal(catalog.totals().count, 3);
  });

  it('reads a day again that changed here meanwhile, but not for ever', async () => {
    stores.set('real', { batches: [stored('202611221003')] });
    let came = 0;
    stores.meanwhile.set('readDays', () => {
      if (came++ < 2) catalog.setStored(stored('202611221004'));
      if (came === 2) stores.set('real', { batches: [stored('202611221003'), stored('202611221004')] });
    });
    await keeper.ensureListed();
    assert.equal(stores.made('readDays').length, 3);
    assert.equal(catalog.totals().count, 2);
    stores.calls.length = 0;
    stores.meanwhile.set('readDays', () => {
      catalog.setStored(stored('202611221005'));
    });
    stores.set('real', { batches: [stored('202611221003')] });
    await keeper.reload();
    assert.ok(stores.made('readDays').length <= 10);
    assert.equal(catalog.storedBatch(stored('202611221005'))?.records, 1);
  });

  for (const method of ['listDays', 'readDays']) {
    it(`begins anew when another source is chosen during ${method}`, async () => {
      stores.set('real', { batches: [stored('202611221003')] });
      stores.set('sample', { batches: [stored('202611221004')] });
      stores.meanwhile.set(method, () => {
        stores.meanwhile.clear();
        root = 'sample';
        catalog.reset();
      });
      await keeper.ensureListed();
      assert.equal(catalog.storedBatch(stored('202611221003')), undefined);
      assert.equal(catalog.storedBatch(stored('202611221004'))?.records, 1);
    });
  }

  it('evicts nothing while the store is within its size', async () => {
    stores.set('real', { batches: [stored('202611221003', 1000)] });
    await keeper.evict('files/202611221003');
    assert.deepEqual(stores.made('evict'), []);
  });

  it('counts what other windows stored, and keeps what was just stored or is shown', async () => {
    await keeper.ensureListed();
    stores.set('real', { batches: [stored('202611221003', 900), stored('202611221004', 101)] });
    await keeper.evict('files/202611221004');
    assert.deepEqual(stores.made('evict'), [
      { store: { root: 'real' }, maxBytes: 1000, keep: ['files/202611221004', 'urls/202611221004'] },
    ]);
  });

  it('evicts together what many downloads ask for', async () => {
    maxBytes = 10;
    stores.set('real', { batches: [stored('202611221003'), stored('202611221004')] });
    const first = keeper.evict('files/202611221003');
    await new Promise((turn) => setImmediate(turn));
    await Promise.all([first, ...Array.from({ length: 50 }, (_, at) => keeper.evict(`urls/${String(at)}`))]);
    const evicted = stores.made('evict');
    assert.equal(evicted.length, 2);
    assert.equal(evicted[1]?.keep?.length, 51);
  });
});
