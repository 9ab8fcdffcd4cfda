import { shiftSlot } from '../../src/core/feed/slot.ts';
import type { Bench, Measurement } from '../measurement.ts';
import type { Figure, Target } from '../report/figure.ts';
import { measured } from '../report/measured.ts';
import { numberText } from '../report/number-text.ts';
import { sizeText } from '../report/units.ts';
import { activationTimes } from '../vscode/activation.ts';
import type { LongestBlock } from '../vscode/block-watch.ts';
import type { Job, JobReport } from '../vscode/plan.ts';
import { runInVscode } from '../vscode/run-in-vscode.ts';

const ACTIVATION_TARGET: Target = { sense: 'atMost', bar: 100, stretch: 30 };
const BLOCK_TARGET: Target = { sense: 'atMost', bar: 50, stretch: 16 };
const RANGE_MINUTES = 10;
const IDLE_SECONDS = 5;

/** What only a VS Code can show: how long it waits for us to start, and whether we ever hold up its extension host. */
export const vscodeHost: Measurement = {
  name: 'vscode',
  isLong: true,
  measure: async (bench) => [...(await activation(bench)), ...(await eventLoop(bench))],
};

async function activation({ scale, say }: Bench): Promise<readonly Figure[]> {
  say('Activating in VS Code …');
  const times = await activationTimes(scale.rounds);
  return [measured("activation, by VS Code's own report", 'ms', times, { target: ACTIVATION_TARGET })];
}

async function eventLoop(bench: Bench): Promise<readonly Figure[]> {
  const { service, scratch, say } = bench;
  say('Downloading inside VS Code …');
  const jobs = jobsOf(bench);
  const reports = await runInVscode({ key: service.key, jobs }, service.origin, scratch);
  return [...new Set(jobs.map(({ name }) => name))].map((name) => {
    const ofJob = reports.filter(({ job }) => job === name);
    const isOurs = jobs.some((job) => job.name === name && (job.kind === 'batch' || job.kind === 'range'));
    return longestBlock(name, ofJob, isOurs ? BLOCK_TARGET : undefined);
  });
}

/** Of several runs the worst one counts, not the median. */
function longestBlock(name: string, reports: readonly JobReport[], target: Target | undefined): Figure {
  const worst = (of: (report: JobReport) => number): number => Math.max(...reports.map(of));
  const milliseconds = (of: keyof LongestBlock): string => numberText(worst(({ longest }) => longest[of]));
  const figure = measured(
    `longest block of the event loop, ${name}`,
    'ms',
    reports.map(({ longest }) => longest.wall),
    {
      rival: `without waiting for a core ${milliseconds('held')} ms; on a core ${milliseconds('work')} ms; in ${numberText(worst(({ seconds }) => seconds))} s`,
      ...(target === undefined ? {} : { target }),
    },
  );
  return { ...figure, value: worst(({ longest }) => longest.wall) };
}

function jobsOf({ batches, service, scale, rival }: Bench): readonly Job[] {
  const { minute, hour } = batches;
  const lbzip2 = rival('lbzip2');
  const minutes = Array.from({ length: scale.rounds }, (_, back): Job => {
    const time = shiftSlot(service.minute, -2 - back);
    return { kind: 'batch', name: `a minute (${sizeText(minute.plainBytes)})`, time };
  });
  const from = shiftSlot(service.minute, -2 - scale.rounds - RANGE_MINUTES);
  const to = shiftSlot(from, RANGE_MINUTES - 1);
  const range = `a range of ${String(RANGE_MINUTES)} minutes (${sizeText(RANGE_MINUTES * minute.plainBytes)})`;
  return [
    { kind: 'idle', name: 'nothing to do', seconds: IDLE_SECONDS },
    ...(lbzip2 === undefined
      ? []
      : [
          {
            kind: 'program',
            name: 'lbzip2 on both cores',
            path: lbzip2,
            args: ['-d', '-n', '2', '-c'],
            input: batches.large.path,
          } as const,
        ]),
    ...minutes,
    { kind: 'range', name: range, from, to },
    {
      kind: 'batch',
      name: `an hour of ${String(hour.minutes)} minutes (${sizeText(hour.plainBytes)})`,
      time: service.hour,
    },
  ];
}
