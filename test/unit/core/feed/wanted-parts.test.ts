import assert from 'node:assert/strict';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import type { Json } from '../../../../src/core/feed/json.ts';
import { factsOfRecord } from '../../../../src/core/feed/record-facts.ts';
import type { Wanted } from '../../../../src/core/feed/wanted.ts';
import { WANTED_PARTS } from '../../../../src/core/feed/wanted-parts.ts';

/** The paths at which facts look into a record, seen on one that has an object wherever they look. */
function pathsRead(feed: Feed): string[] {
  const paths = new Set<string>();
  const objectAt = (path: string): Json =>
    new Proxy<Record<string, Json>>(
      {},
      {
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: null }),
        get: (_, key) => {
          const inner = path === '' ? String(key) : `${path}.${String(key)}`;
          paths.delete(path);
          paths.add(inner);
          return objectAt(inner);
        },
      },
    );
  factsOfRecord(feed, objectAt(''));
  return [...paths].sort();
}

function pathsWanted(wanted: Wanted, path = ''): string[] {
  if (wanted.kind !== 'members') return [path];
  return wanted.members
    .flatMap(({ name, value }) => pathsWanted(value, path === '' ? name : `${path}.${name}`))
    .sort();
}

describe('the parts of a record that are lifted', () => {
  for (const feed of FEEDS) {
    it(`are all that the facts of ${feed} are made of, and no more`, () => {
      const wanted = pathsWanted(WANTED_PARTS[feed]);
      assert.ok(wanted.length > 5);
      assert.deepEqual(wanted, pathsRead(feed));
    });
  }
});
