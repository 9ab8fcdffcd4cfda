import type { DownloadReport } from '../children/download.ts';
import type { InMemoryInput } from '../children/in-memory.ts';
import { runScript } from '../children/scripts.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { interleave } from '../measure/interleave.ts';
import { median } from '../measure/statistics.ts';
import { measured, speedRatio, timeRatio } from '../report/measured.ts';
import { numberText } from '../report/number-text.ts';
import { megabytes, sizeText } from '../report/units.ts';
import { decodeOwn } from './decodings.ts';
import { downloadOnce } from './downloads.ts';

interface Way {
  readonly seconds: number;
  readonly secondsToFirst?: number | undefined;
  readonly peakMemory: number;
}

const IN_MEMORY = 'in-memory pipeline';

/** A minute from the request to the committed batch. */
export const wholeWay: Measurement = {
  name: 'whole-way',
  measure: async (bench) => {
    const { minute } = bench.batches;
    const size = sizeText(minute.plainBytes);
    bench.say(`The whole way of a minute of ${size} …`);
    const runs = await interleave<'way' | 'decoding' | 'inMemory', Way>(bench.scale.rounds, {
      way: () => downloadOnce(bench, bench.service.minute, minute.records),
      decoding: () => decodeOwn(minute),
      inMemory: () => inMemory(bench),
    });
    const { way, decoding, inMemory: rival } = runs;
    const rivalText = (values: readonly number[], unit: string): string =>
      `${IN_MEMORY}: ${numberText(median(values))} ${unit}`;
    return [
      timeRatio(
        `whole way, ${size}: time against decoding alone`,
        secondsOf(way),
        { name: 'decoding alone', seconds: secondsOf(decoding) },
        { sense: 'atMost', bar: 1.35, stretch: 1.15 },
      ),
      measured(
        `whole way, ${size}: first record readable`,
        '% of it',
        way.flatMap(({ seconds, secondsToFirst }) =>
          secondsToFirst === undefined ? [] : [(100 * secondsToFirst) / seconds],
        ),
        { target: { sense: 'atMost', bar: 25, stretch: 10 } },
      ),
      speedRatio(`whole way, ${size}: speed against an in-memory pipeline`, secondsOf(way), {
        name: IN_MEMORY,
        seconds: secondsOf(rival),
      }),
      measured(`whole way, ${size}: time`, 's', secondsOf(way)),
      measured(`whole way, ${size}: time to the first record`, 's', firstsOf(way), {
        rival: rivalText(firstsOf(rival), 's'),
      }),
      measured(`whole way, ${size}: peak memory`, 'MB', peaksOf(way), {
        rival: rivalText(peaksOf(rival), 'MB'),
      }),
    ];
  },
};

function secondsOf(ways: readonly Way[]): number[] {
  return ways.map(({ seconds }) => seconds);
}

function firstsOf(ways: readonly Way[]): number[] {
  return ways.flatMap(({ secondsToFirst }) => (secondsToFirst === undefined ? [] : [secondsToFirst]));
}

function peaksOf(ways: readonly Way[]): number[] {
  return ways.map(({ peakMemory }) => megabytes(peakMemory));
}

async function inMemory({ batches, service, rival }: Bench): Promise<Way> {
  const { origin, key, minute: slot } = service;
  const input: InMemoryInput = { origin, key, slot, bzip2: rival('bzip2') };
  const run = await runScript<DownloadReport>('in-memory', input);
  if (run.records !== batches.minute.records) throw new Error('The in-memory pipeline lost records.');
  return run;
}
