/** Opens in under a second (measured); VS Code cannot open more than 50 MB at all. */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** A record may have five links, and VS Code takes over tens of thousands of them in one go: 25,000 in 20 ms (measured). */
export const PAGE_RECORDS = 5000;

/** Items `from` up to, not including, `to`. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts records of the given sizes into pages of at most `limit` and at most {@link PAGE_RECORDS}, each as full as it
 * goes; a record larger than that is a page of its own. There is always a first page, if empty.
 */
export function pageRanges(sizes: readonly number[], limit = PAGE_BYTES): PageRange[] {
  const pages: PageRange[] = [];
  let from = 0;
  let filled = 0;
  sizes.forEach((size, at) => {
    if (at > from && (filled + size > limit || at - from === PAGE_RECORDS)) {
      pages.push({ from, to: at });
      from = at;
      filled = 0;
    }
    filled += size;
  });
  return [...pages, { from, to: sizes.length }];
}
