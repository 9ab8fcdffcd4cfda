import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import type { ErrorCode, VtFeedsError } from '../../../../src/core/common/errors.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { isMinute, minutesOf, shiftSlot } from '../../../../src/core/feed/slot.ts';
import { reportOf } from '../../../../src/core/range/range-report.ts';
import type { RangeRequest } from '../../../../src/core/range/range-request.ts';
import type { Source } from '../../../../src/core/render/document-address.ts';
import { RangeService } from '../../../../src/vscode/ranges/range-service.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { failure } from '../../../support/range-world.ts';
import { minute } from '../../../support/records.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 15);
const RANGE: RangeRequest = { feed: 'files', from: minute('202611220855'), to: minute('202611221004') };
const ID = 'range-files-202611220855-202611221004';

describe('RangeService', () => {
  let catalog: Catalog;
  let source: { current: Source; taskRoot: () => string };
  let maxStoreBytes: number;
  /** Why downloads fail; none does while it is undefined. */
  let problem: ErrorCode | undefined;
  let held: Promise<void> | undefined;
  let service: RangeService;
  let errors: VtFeedsError[];

  // Before the folder is removed: everything is written down by then.
  afterEach(async () => {
    await service.changeSource();
    service.dispose();
    assert.deepEqual(errors, []);
  });
  const storage = useTempFolder();

  beforeEach(async () => {
    catalog = new Catalog();
    source = { current: 'virustotal', taskRoot: () => join(storage(), source.current) };
    [maxStoreBytes, problem, held, errors] = [1e9, undefined, undefined, []];
    service = new RangeService({
      batches: { ensureStored: download },
      catalog,
      clock: new FakeClock(NOW),
      keeper: { ensureListed: () => Promise.resolve() },
      limits: { concurrency: () => 2, missingBatchTolerance: () => 1 },
      maxStoreBytes: () => maxStoreBytes,
      onError: (error) => errors.push(error),
      source,
    });
    await service.open();
  });

  async function download({
    feed,
    slot,
  }: BatchId): Promise<{ status: 'downloaded'; records: number; bytes: number }> {
    await held;
    if (problem !== undefined) throw failure(problem);
    for (const one of isMinute(slot) ? [slot] : minutesOf(slot))
      catalog.setStored({ feed, slot: one, records: 10, bytes: 1000 });
    return { status: 'downloaded', records: 10, bytes: 1000 };
  }
  const failsWith = (code: ErrorCode) => (error: unknown) => hasCode(error, code);
  /** Downloads stand still until the returned function is called. */
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    held = promise.then(() => undefined);
    return () => {
      resolve(undefined);
    };
  };

  it('brings a range to its end, and keeps its hours from eviction until then', async () => {
    const go = hold();
    await service.begin(RANGE);
    assert.deepEqual(service.heldHours(), ['files/2026112208', 'files/2026112209', 'files/2026112210']);
    go();
    const record = await service.ended(ID);
    assert.equal(reportOf(record).downloaded, 70);
    assert.deepEqual([record.records, record.bytes], [700, 70_000]);
    assert.deepEqual(service.heldHours(), []);
  });

  it('goes on with the same range where there is one, and begins anew after its end', async () => {
    problem = 'offline';
    await service.begin(RANGE);
    await assert.rejects(service.ended(ID), failsWith('offline'));
    problem = undefined;
    await service.begin(RANGE);
    assert.equal(service.shown.length, 1);
    assert.equal(reportOf(await service.ended(ID)).downloaded, 70);
    await service.begin(RANGE);
    const { downloaded, alreadyStored } = reportOf(await service.ended(ID));
    assert.deepEqual([downloaded, alreadyStored, service.shown.length], [0, 70, 1]);
  });

  for (const code of ['wrongApiKey', 'noLicence', 'diskFull'] as const) {
    it(`tells code that waits of ${code}`, async () => {
      problem = code;
      await service.begin(RANGE);
      await assert.rejects(service.ended(ID), failsWith(code));
    });
  }

  it('tells code that waits that a person cancelled, and forgets the range', async () => {
    hold();
    await service.begin(RANGE);
    const outcome = assert.rejects(service.ended(ID), failsWith('cancelled'));
    await service.cancel(ID);
    await outcome;
    assert.deepEqual(service.shown, []);
    await assert.rejects(service.ended(ID), failsWith('cancelled'));
  });

  it('waits on while a person has paused', async () => {
    const go = hold();
    await service.begin(RANGE);
    const outcome = service.ended(ID);
    await service.pause(ID);
    assert.deepEqual(service.range(ID)?.phase, { phase: 'paused' });
    go();
    await service.resume(ID);
    assert.equal(reportOf(await outcome).downloaded, 70);
  });

  it('stops where a person says that it is enough', async () => {
    problem = 'offline';
    await service.begin(RANGE);
    await assert.rejects(service.ended(ID));
    await service.finish(ID);
    assert.equal(reportOf(await service.ended(ID)).left, 70);
  });

  it('tells of what stands still in this window', async () => {
    const told: string[] = [];
    service.onDidStop(({ id, problem: why }) => told.push(`${id} ${why?.code ?? 'done'}`));
    problem = 'offline';
    await service.begin(RANGE);
    await assert.rejects(service.ended(ID));
    problem = undefined;
    await service.resume(ID);
    await service.ended(ID);
    assert.deepEqual(told, [`${ID} offline`, `${ID} done`]);
  });

  it('pauses the ranges of a source that is left, and shows them when it is back', async () => {
    hold();
    await service.begin(RANGE);
    const outcome = assert.rejects(service.ended(ID), failsWith('cancelled'));
    source.current = 'sample';
    await service.changeSource();
    await outcome;
    assert.deepEqual(service.shown, []);
    source.current = 'virustotal';
    await service.changeSource();
    assert.deepEqual(service.range(ID)?.phase, { phase: 'paused' });
  });

  it('keeps the reports of the latest five ranges', async () => {
    for (let back = 0; back < 7; back++) {
      const request = { ...RANGE, from: shiftSlot(RANGE.to, -back) };
      const { id } = await service.begin(request);
      await service.ended(id);
    }
    assert.equal(service.shown.length, 5);
    assert.equal(service.range('range-files-202611221004-202611221004'), undefined);
    assert.ok(service.range('range-files-202611220958-202611221004') !== undefined);
  });

  it('pauses ranges before they drive out one another', async () => {
    maxStoreBytes = 50_000;
    await service.begin({ ...RANGE, from: shiftSlot(RANGE.to, -4) });
    await service.begin({ ...RANGE, to: shiftSlot(RANGE.from, 80) });
    await assert.rejects(service.ended('range-files-202611220855-202611221015'), failsWith('storeFull'));
  });

  it('follows a feed until it is told to stop', async () => {
    await service.beginFollow('urls');
    assert.ok(service.follow('urls') !== undefined);
    assert.equal(service.follow('files'), undefined);
    assert.equal(await service.endFollow('urls'), true);
    assert.equal(await service.endFollow('urls'), false);
    assert.deepEqual(service.shown, []);
  });

  it('knows how many minutes are to be taken, and whether they fit', async () => {
    const bring = (feed: BatchId['feed'], bytes: number): void => {
      catalog.setStored({ feed, slot: RANGE.from, records: 1, bytes });
    };
    assert.equal(await service.minutesToTake(RANGE), 70);
    bring('files', 1_000_000);
    assert.equal(await service.minutesToTake(RANGE), 69);
    assert.equal(service.squeezeOf('files', 999), undefined);
    assert.equal(service.squeezeOf('files', 1000)?.kind, 'displacesOthers');
    assert.equal(service.squeezeOf('files', 1001)?.kind, 'doesNotFit');
    assert.equal(service.squeezeOf('urls', 199), undefined, 'what is not known is taken for 5 MB');
    assert.equal(service.squeezeOf('urls', 201)?.needed, 1_005_000_000);
    source.current = 'sample';
    assert.equal(service.squeezeOf('urls', 1440), undefined, 'the sample feeds are small');
  });
});
