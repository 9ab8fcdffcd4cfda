import type { DownloadReport } from '../children/download.ts';
import type { Measurement } from '../measurement.ts';
import { interleave } from '../measure/interleave.ts';
import { median, ratios } from '../measure/statistics.ts';
import { measured } from '../report/measured.ts';
import { numberText } from '../report/number-text.ts';
import { megabytes, sizeText } from '../report/units.ts';
import { downloadOnce } from './downloads.ts';

/** An hour's package in the memory and at the speed of a minute. */
export const hour: Measurement = {
  name: 'hour',
  measure: async (bench) => {
    const { minute, hour: hourly } = bench.batches;
    const size = `${String(hourly.minutes)} minutes, ${sizeText(hourly.plainBytes)}`;
    bench.say(`An hour of ${size} …`);
    const runs = await interleave<'minute' | 'hour', DownloadReport>(bench.scale.longRounds, {
      minute: async () =>
        middleOf(await repeated(3, () => downloadOnce(bench, bench.service.minute, minute.records))),
      hour: () => downloadOnce(bench, bench.service.hour, hourly.records),
    });
    const speeds = (of: readonly DownloadReport[], plainBytes: number): number[] =>
      of.map(({ seconds }) => megabytes(plainBytes) / seconds);
    const peaks = (of: readonly DownloadReport[]): number[] =>
      of.map(({ peakMemory }) => megabytes(peakMemory));
    const minuteSpeeds = speeds(runs.minute, minute.plainBytes);
    const hourSpeeds = speeds(runs.hour, hourly.plainBytes);
    return [
      measured(`hour (${size}): speed against a minute`, '×', ratios(hourSpeeds, minuteSpeeds), {
        rival: `a single minute: ${numberText(median(minuteSpeeds))} MB/s`,
        target: { sense: 'atLeast', bar: 0.95, stretch: 1.1 },
      }),
      measured(
        `hour (${size}): peak memory against a minute`,
        '×',
        ratios(peaks(runs.hour), peaks(runs.minute)),
        {
          rival: `a single minute: ${numberText(median(peaks(runs.minute)))} MB`,
          target: { sense: 'atMost', bar: 1.2 },
        },
      ),
      measured(`hour (${size}): peak memory`, 'MB', peaks(runs.hour), {
        target: { sense: 'atMost', bar: 350, stretch: 200 },
      }),
      measured(`hour (${size}): speed`, 'MB/s', hourSpeeds),
      measured(
        `hour (${size}): time`,
        's',
        runs.hour.map(({ seconds }) => seconds),
      ),
    ];
  },
};

async function repeated<T>(times: number, work: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for (let time = 0; time < times; time++) results.push(await work());
  return results;
}

/** A minute is short beside an hour: of several the middle one counts. */
function middleOf(downloads: readonly DownloadReport[]): DownloadReport {
  const sorted = downloads.toSorted((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('nothing was downloaded');
  return middle;
}
