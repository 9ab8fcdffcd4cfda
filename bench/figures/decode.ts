import type { PackedBatch } from '../batches/batch-cache.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { median } from '../measure/statistics.ts';
import { interleave } from '../measure/interleave.ts';
import { LBZIP2, THREADS, decodeOnce, decodeOwn, lbzip2, nativeDecoder } from './decodings.ts';
import type { Decoding } from './decodings.ts';
import { megabytes, sizeText } from '../report/units.ts';
import type { Figure, Target } from '../report/figure.ts';
import { numberText } from '../report/number-text.ts';
import { measured, speedRatio } from '../report/measured.ts';

const BZIP2 = 'bzip2 -d';
const UNBZIP2 = 'unbzip2-stream';
const LBZIP2_TARGETS: { readonly minute: Target; readonly large: Target } = {
  minute: { sense: 'atLeast', bar: 0.9, stretch: 1.3 },
  large: { sense: 'atLeast', bar: 1.05, stretch: 1.3 },
};
const UNBZIP2_TARGET: Target = { sense: 'atLeast', bar: 4.5, stretch: 7 };

/** Unpacking alone, each in a process of its own. */
export const decode: Measurement = {
  name: 'decode',
  measure: async (bench) => {
    const { minute, large } = bench.batches;
    const { rounds, longRounds } = bench.scale;
    return [
      ...(await measureBatch(bench, minute, rounds, LBZIP2_TARGETS.minute)),
      ...(await measureBatch(bench, large, longRounds, LBZIP2_TARGETS.large)),
    ];
  },
};

async function measureBatch(
  bench: Bench,
  batch: PackedBatch,
  rounds: number,
  lbzip2Target: Target,
): Promise<readonly Figure[]> {
  const size = sizeText(batch.plainBytes);
  bench.say(`Decoding ${size} …`);
  const native = {
    [LBZIP2]: lbzip2(bench, batch),
    [BZIP2]: nativeDecoder(bench, 'bzip2', ['-d', '-c'], batch),
  };
  const runs = await interleave<string, Decoding | undefined>(rounds, {
    own: () => decodeOwn(batch, { threads: THREADS }),
    ...native,
    [UNBZIP2]: () => decodeOnce(batch, { name: 'unbzip2-stream' }),
  });
  const of = (name: string): readonly Decoding[] => (runs[name] ?? []).filter((run) => run !== undefined);
  const seconds = (name: string): number[] => of(name).map((run) => run.seconds);
  const against = (name: string, target?: Target): Figure =>
    speedRatio(
      `decode ${size}: speed against ${name}`,
      seconds('own'),
      { name, seconds: seconds(name) },
      target,
    );
  return [
    against(LBZIP2, lbzip2Target),
    against(UNBZIP2, UNBZIP2_TARGET),
    against(BZIP2),
    measured(`decode ${size}: time`, 's', seconds('own')),
    measured(
      `decode ${size}: time with the start of Node.js`,
      's',
      of('own').map(({ processSeconds }) => processSeconds),
    ),
    measured(`decode ${size}: peak memory`, 'MB', peaks(of('own')), {
      rival: [LBZIP2, UNBZIP2].flatMap((name) => peakText(name, peaks(of(name)))).join('; '),
    }),
  ];
}

function peaks(runs: readonly Decoding[]): number[] {
  return runs.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [megabytes(peakMemory)]));
}

function peakText(name: string, values: readonly number[]): string[] {
  return values.length === 0 ? [] : [`${name}: ${numberText(median(values))} MB`];
}
