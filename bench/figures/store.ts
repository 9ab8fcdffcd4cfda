import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Minute } from '../../src/core/feed/slot.ts';
import type { PackedBatch } from '../batches/batch-cache.ts';
import type { RandomRecordInput, RandomRecordReport } from '../children/random-record.ts';
import { runScript } from '../children/scripts.ts';
import { interleave } from '../measure/interleave.ts';
import { runProgram } from '../measure/run-program.ts';
import { median, quantile } from '../measure/statistics.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { buildFolder } from '../paths.ts';
import type { Figure, Target } from '../report/figure.ts';
import { measured, speedRatio } from '../report/measured.ts';
import { numberText } from '../report/number-text.ts';
import { sizeText } from '../report/units.ts';
import { downloadInto } from './downloads.ts';

const READS = 600;
const RECORD_TARGET: Target = { sense: 'atMost', bar: 3, stretch: 1 };
const SEARCH_TARGET: Target = { sense: 'atLeast', bar: 1, stretch: 1.5 };
/** Stands in some records of every batch. */
const NEEDLE = 'eicar.com.txt';

/** What comes out of a store that holds a minute and the large one. */
export const store: Measurement = {
  name: 'store',
  measure: async (bench) => {
    const { batches, service, scratch } = bench;
    bench.say('Reading from the store …');
    const root = await mkdtemp(join(scratch, 'store-'));
    await downloadInto(root, bench, service.minute, batches.minute.records);
    await downloadInto(root, bench, service.large, batches.large.records);
    return [
      ...(await randomRecords(bench, root, service.minute, batches.minute)),
      ...(await randomRecords(bench, root, service.large, batches.large)),
      await textSearch(bench, root),
    ];
  },
};

async function randomRecords(
  { scale }: Bench,
  root: string,
  slot: Minute,
  { plainBytes }: PackedBatch,
): Promise<readonly Figure[]> {
  const input: RandomRecordInput = { bundles: buildFolder, store: root, slot, reads: READS };
  const { read } = await interleave(scale.rounds, {
    read: () => runScript<RandomRecordReport>('random-record', input),
  });
  const name = (how: string): string => `a record ${how}, batch of ${sizeText(plainBytes)}`;
  const p95 = (how: string, times: (report: RandomRecordReport) => readonly number[]): Figure =>
    measured(
      `${name(how)}: p95`,
      'ms',
      read.map((report) => quantile(times(report), 0.95)),
      {
        rival: `its median: ${numberText(median(read.flatMap(times)))} ms`,
        target: RECORD_TARGET,
      },
    );
  return [
    p95('by its place', ({ byPlace }) => byPlace),
    p95('by its id', ({ byId }) => byId),
    measured(
      `${name('by its id')}: the first of a new thread`,
      'ms',
      read.map(({ first }) => first),
    ),
  ];
}

/** The search itself is not built yet: what it will be measured against is. */
async function textSearch(bench: Bench, root: string): Promise<Figure> {
  const tools = [bench.rival('zstd'), bench.rival('rg')];
  const names = await readdir(root, { recursive: true });
  const files = names.filter((name) => name.endsWith('.zst')).map((name) => join(root, name));
  const command = `zstd -dc "$@" | rg -c ${NEEDLE}`;
  const { rival } = await interleave(bench.scale.rounds, {
    rival: async () => {
      if (tools.includes(undefined)) return [];
      return [(await runProgram('/bin/sh', ['-c', command, 'sh', ...files])).seconds];
    },
  });
  return speedRatio(
    'text search over the store (not built yet): speed',
    [],
    { name: 'zstd -dc FILES | rg -c', seconds: rival.flat() },
    SEARCH_TARGET,
  );
}
