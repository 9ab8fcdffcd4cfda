import { cpus } from 'node:os';
import type { Outcome } from '../run-bench.ts';
import { plainTable, tableOfBars } from './table.ts';

/** Both tables, the bars first, and under them what a reader has to know. */
export function reportText({ scale, figures, remarks }: Outcome): string {
  const barred = figures.filter(({ target }) => target !== undefined);
  const others = figures.filter(({ target }) => target === undefined);
  const machine = `${String(cpus().length)} cores, Node.js ${process.versions.node}, ${process.platform} ${process.arch}; ${String(scale.rounds)} interleaved rounds (${String(scale.longRounds)} of what takes long), medians.`;
  const quick =
    scale.name === 'quick' ? ['Quick run: scaled batches, and the bars are those of the full ones.'] : [];
  return [
    ...(barred.length === 0 ? [] : [tableOfBars(barred)]),
    ...(others.length === 0 ? [] : ['Also measured:', plainTable(others)]),
    [machine, ...quick, ...remarks].map((line) => `- ${line}`).join('\n'),
  ].join('\n\n');
}
