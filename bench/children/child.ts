/** What the bench gave this child to do. */
export function childInput(): unknown {
  return JSON.parse(process.argv[2] ?? '');
}

/** Tells the bench what came out; a child does so once, at its end. */
export function report(result: object): void {
  console.log(JSON.stringify(result));
}

/** Bytes of memory this process has held at most, all its threads together. */
export function ownPeakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
