import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { FEEDS } from '../../../src/core/feed/feed.ts';
import type { Feed } from '../../../src/core/feed/feed.ts';
import { batchText } from '../../../src/sample/batches/batch-text.ts';
import { minuteAt } from '../../../src/core/feed/slot.ts';
import { pathsOf, readShapes } from './shapes.ts';

const SHAPES = new URL('../../../../shared/spec/record-shapes.tsv', import.meta.url);
const START = Date.UTC(2026, 10, 22, 10);
/** What a record may be short of: a path nearly all real records had, but one cut at a licence or a kind of file. */
const NEARLY_ALL = 0.9;

describe('synthetic records against the shapes of real ones', () => {
  if (!existsSync(SHAPES)) {
    it('says that the shapes are not here', () => {
      console.log('      record-shapes.tsv is not here: the shapes were not compared');
    });
    return;
  }
  for (const feed of FEEDS) {
    const shapes = readShapes(SHAPES, feed);
    const records = recordsOf(feed).map((record) => pathsOf(record, shapes));

    it(`${feed}: has no path that real records have not, and no other type`, () => {
      for (const record of records) {
        for (const [path, types] of record) {
          const real = shapes.paths.get(path);
          assert.ok(real, `${path} is in no real record`);
          for (const type of types)
            assert.ok(real.types.has(type), `${path} is ${type}, real: ${[...real.types].join()}`);
        }
      }
    });

    it(`${feed}: has every path that nine of ten real records have`, () => {
      for (const [path, { presentIn }] of shapes.paths) {
        if (presentIn < shapes.records * NEARLY_ALL) continue;
        const ours = records.filter((record) => record.has(path)).length;
        assert.ok(
          ours >= records.length * NEARLY_ALL,
          `${path}: in ${String(ours)} of ${String(records.length)}`,
        );
      }
    });

    it(`${feed}: uses most of the paths that half of the real records have`, () => {
      const usual = [...shapes.paths].filter(([, { presentIn }]) => presentIn >= shapes.records / 2);
      const used = usual.filter(([path]) => records.some((record) => record.has(path)));
      assert.ok(used.length >= usual.length * 0.85, `${String(used.length)} of ${String(usual.length)}`);
    });
  }
});

/** Ten minutes of a feed. */
function recordsOf(feed: Feed): readonly unknown[] {
  return Array.from({ length: 10 }, (_, at) =>
    batchText({ seed: 1, recordsPerMinute: undefined }, feed, minuteAt(START + at * 60_000))
      .toString()
      .trimEnd()
      .split('\n'),
  ).flatMap((lines) => lines.map((line) => JSON.parse(line) as unknown));
}
