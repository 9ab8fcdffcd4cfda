import type { DownloadReport } from '../children/download.ts';
import type { InMemoryInput } from '../children/in-memory.ts';
import { runScript } from '../children/scripts.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { interleave } from '../measure/interleave.ts';
import { median } from '../measure/statistics.ts';
import { measured, speedRatio, timeRatio } from '../report/measured.ts';
import { numberText } from '../report/number-text.ts';
import { megabytes, sizeText } from '../report/units.ts';
import { LBZIP2, decodeOwn, lbzip2 } from './decodings.ts';
import { downloadOnce } from './downloads.ts';

interface Way {
  readonly seconds: number;
  readonly secondsToFirst?: number | undefined;
  readonly peakMemory: number | undefined;
}

type Name = 'way' | 'again' | 'decoding' | 'decodingAgain' | 'lbzip2' | 'inMemory';

const IN_MEMORY = 'in-memory pipeline';

/** A minute from the request to the committed batch. */
export const wholeWay: Measurement = {
  name: 'whole-way',
  measure: async (bench) => {
    const { minute } = bench.batches;
    const size = sizeText(minute.plainBytes);
    bench.say(`The whole way of a minute of ${size} …`);
    const runs = await interleave<Name, Way | undefined>(bench.scale.rounds, {
      way: () => downloadOnce(bench, bench.service.minute, minute.records),
      again: () => downloadOnce(bench, bench.service.minute, minute.records, true),
      decoding: () => decodeOwn(minute),
      decodingAgain: () => decodeOwn(minute, { warmUp: true }),
      lbzip2: lbzip2(bench, minute),
      inMemory: () => inMemory(bench),
    });
    const of = (name: Name): readonly Way[] => runs[name].filter((run) => run !== undefined);
    const seconds = (name: Name): number[] => of(name).map((run) => run.seconds);
    const rival = (values: readonly number[], unit: string): { readonly rival: string } => ({
      rival: `${IN_MEMORY}: ${numberText(median(values))} ${unit}`,
    });
    return [
      timeRatio(
        `whole way, ${size}: time against decoding alone`,
        seconds('way'),
        { name: 'decoding alone', seconds: seconds('decoding') },
        { sense: 'atMost', bar: 1.35, stretch: 1.15 },
      ),
      measured(`whole way, ${size}: first record readable`, '% of it', firstShares(of('way')), {
        target: { sense: 'atMost', bar: 25, stretch: 10 },
      }),
      speedRatio(`whole way, ${size}: speed against ${LBZIP2}, which only unpacks`, seconds('way'), {
        name: LBZIP2,
        seconds: seconds('lbzip2'),
      }),
      speedRatio(`whole way, ${size}: speed against an in-memory pipeline`, seconds('way'), {
        name: IN_MEMORY,
        seconds: seconds('inMemory'),
      }),
      measured(`whole way, ${size}: time`, 's', seconds('way')),
      measured(
        `whole way, ${size}: time to the first record`,
        's',
        firsts(of('way')),
        rival(firsts(of('inMemory')), 's'),
      ),
      measured(`whole way, ${size}: peak memory`, 'MB', peaks(of('way')), rival(peaks(of('inMemory')), 'MB')),
      timeRatio(
        `whole way, ${size}, not the first: time against decoding alone, not the first`,
        seconds('again'),
        {
          name: 'decoding alone',
          seconds: seconds('decodingAgain'),
        },
      ),
      measured(`whole way, ${size}, not the first: time`, 's', seconds('again')),
      measured(
        `whole way, ${size}, not the first: first record readable`,
        '% of it',
        firstShares(of('again')),
      ),
      measured(`whole way, ${size}, not the first: time to the first record`, 's', firsts(of('again'))),
    ];
  },
};

function firsts(ways: readonly Way[]): number[] {
  return ways.flatMap(({ secondsToFirst }) => (secondsToFirst === undefined ? [] : [secondsToFirst]));
}

function firstShares(ways: readonly Way[]): number[] {
  return ways.flatMap(({ seconds, secondsToFirst }) =>
    secondsToFirst === undefined ? [] : [(100 * secondsToFirst) / seconds],
  );
}

function peaks(ways: readonly Way[]): number[] {
  return ways.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [megabytes(peakMemory)]));
}

async function inMemory({ batches, service, rival }: Bench): Promise<Way> {
  const { origin, key, minute: slot } = service;
  const input: InMemoryInput = { origin, key, slot, bzip2: rival('bzip2') };
  const run = await runScript<DownloadReport>('in-memory', input);
  if (run.records !== batches.minute.records) throw new Error('The in-memory pipeline lost records.');
  return run;
}
