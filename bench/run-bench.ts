import { rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { repoRoot } from '../test/support/host/paths.ts';
import { makeScratchFolder } from '../test/support/host/scratch-folder.ts';
import { prepareBatches } from './batches/bench-batches.ts';
import { startFeedService } from './children/feed-service.ts';
import { bundleScripts } from './children/scripts.ts';
import { findTool } from './measure/find-tool.ts';
import { runProgram } from './measure/run-program.ts';
import type { Bench, Measurement } from './measurement.ts';
import type { Figure } from './report/figure.ts';
import type { Scale } from './scale.ts';

/** What a run of the bench found out. */
export interface Outcome {
  readonly scale: Scale;
  readonly figures: readonly Figure[];
  /** What a reader of the figures has to know: batches that are smaller, what was skipped. */
  readonly remarks: readonly string[];
}

/** Load average above which a neighbour is in the figures. */
const QUIET_LOAD = 0.5;

/** Makes what is measured and takes the measurements one after the other. Nothing it started is left. */
export async function runBench(
  scale: Scale,
  measurements: readonly Measurement[],
  say: (text: string) => void,
): Promise<Outcome> {
  const remarks = new Set<string>();
  const rival = (name: string): string | undefined => {
    const path = findTool(name);
    if (path === undefined) remarks.add(`${name} is not installed: skipped.`);
    return path;
  };
  const startedAt = performance.now();
  const [load = 0] = loadavg();
  if (load > QUIET_LOAD)
    remarks.add(`Others kept the machine busy: load average ${load.toFixed(1)} when the bench began.`);
  const scratch = await makeScratchFolder('bench');
  try {
    say('Building the extension …');
    await runProgram(process.execPath, [join(repoRoot, 'esbuild.mjs'), '--production']);
    await bundleScripts();
    const batches = await prepareBatches(scale, say);
    for (const remark of batches.remarks) remarks.add(remark);
    const service = await startFeedService(batches);
    const bench: Bench = { scale, batches, service, scratch, rival, say };
    const figures: Figure[] = [];
    try {
      for (const { name, isLong = false, measure } of measurements) {
        const isLate = (performance.now() - startedAt) / 1000 > (scale.lastStart ?? Infinity);
        if (isLate || (isLong && scale.lastStart !== undefined))
          remarks.add(`Left out for want of time: ${name}.`);
        else figures.push(...(await measure(bench)));
      }
    } finally {
      await service.close();
    }
    return { scale, figures, remarks: [...remarks] };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
