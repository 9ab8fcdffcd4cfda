import { sizeText } from '../catalog/size-text.ts';
import { momentText } from '../feed/slot-text.ts';
import { durationText } from './duration-text.ts';
import type { RangePhase } from './range-phase.ts';
import type { RangeProgress } from './range-progress.ts';

/** `34% · 4 min left · 3.2 MB/s`, or why it stands still; `now` in Unix milliseconds. */
export function progressText(phase: RangePhase, progress: RangeProgress, now: number): string {
  const percent = `${String(percentDone(progress))}%`;
  const { bytesPerSecond, millisecondsLeft } = progress;
  switch (phase.phase) {
    case 'running':
      return [
        percent,
        ...(millisecondsLeft === undefined ? [] : [`${durationText(millisecondsLeft)} left`]),
        ...(bytesPerSecond === undefined ? [] : [`${sizeText(bytesPerSecond)}/s`]),
      ].join(' · ');
    case 'waiting':
      return `${percent} · waits until ${momentText(phase.until, now)}`;
    case 'paused':
      return `paused at ${percent}${phase.problem === undefined ? '' : ': a question is open'}`;
    case 'finished':
      return phase.problem === undefined ? 'done' : `ended at ${percent}`;
  }
}

/** 0 to 100; 100 only when all is done. */
export function percentDone({ done, total }: Pick<RangeProgress, 'done' | 'total'>): number {
  return total === 0 ? 100 : Math.floor((done / total) * 100);
}
