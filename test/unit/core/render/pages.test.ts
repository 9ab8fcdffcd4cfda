import assert from 'node:assert/strict';
import { PAGE_BYTES, PAGE_RECORDS, pageRanges } from '../../../../src/core/render/pages.ts';

describe('pageRanges', () => {
  const cases: readonly (readonly [
    what: string,
    sizes: readonly number[],
    pages: readonly (readonly [number, number])[],
  ])[] = [
    ['nothing', [], [[0, 0]]],
    ['one item', [5], [[0, 1]]],
    ['items that just fit', [4, 6], [[0, 2]]],
    [
      'items that just do not',
      [4, 7],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'an item of exactly a page',
      [10, 1],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'an item larger than a page',
      [1, 99, 1],
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
    [
      'larger items only',
      [99, 99],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ['items of no size', [0, 0, 10, 0], [[0, 4]]],
    [
      'many',
      [3, 3, 3, 3, 3, 3, 3],
      [
        [0, 3],
        [3, 6],
        [6, 7],
      ],
    ],
  ];
  for (const [what, sizes, pages] of cases) {
    it(`cuts ${what}`, () => {
      assert.deepEqual(
        pageRanges(sizes, 10).map(({ from, to }) => [from, to]),
        pages,
      );
    });
  }

  it('loses no item of a large batch, and stays far below what VS Code opens', () => {
    const sizes = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 60_000);
    const pages = pageRanges(sizes);
    assert.ok(pages.length > 10 && PAGE_BYTES < 50e6 / 4);
    assert.equal(pages[0]?.from, 0);
    assert.equal(pages.at(-1)?.to, 5000);
    for (const [at, { from, to }] of pages.entries()) {
      assert.equal(from, at === 0 ? 0 : pages[at - 1]?.to);
      assert.ok(sizes.slice(from, to).reduce((sum, size) => sum + size, 0) <= PAGE_BYTES);
    }
  });

  it('begins a new page also where small records are many', () => {
    const pages = pageRanges(Array<number>(2 * PAGE_RECORDS + 1).fill(1));
    assert.deepEqual(
      pages.map(({ from, to }) => to - from),
      [PAGE_RECORDS, PAGE_RECORDS, 1],
    );
    assert.equal(pageRanges(Array<number>(PAGE_RECORDS).fill(1)).length, 1);
  });
});
