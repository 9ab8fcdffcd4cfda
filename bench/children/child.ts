import { peakMemory } from '../measure/peak-memory.ts';

/** What the bench gave this child to do. */
export function childInput(): unknown {
  return JSON.parse(process.argv[2] ?? '');
}

/** Tells the bench what came out; a child does so once, at its end. */
export function report(result: object): void {
  console.log(JSON.stringify(result));
}

/**
 * Bytes of memory this process has held at most, all its threads together. Where the system tells for this program
 * alone: the usage of resources begins with what the process held that started it.
 */
export function ownPeakMemory(): number {
  return peakMemory(process.pid) ?? process.resourceUsage().maxRSS * 1024;
}
