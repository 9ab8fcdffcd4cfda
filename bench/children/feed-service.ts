import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { shiftSlot } from '../../src/core/feed/slot.ts';
import type { Hour, Minute } from '../../src/core/feed/slot.ts';
import { newestMinute } from '../../src/core/feed/window.ts';
import type { BenchBatches } from '../batches/bench-batches.ts';
import type { FeedServerInput, FeedServerReport } from './feed-server.ts';
import { scriptArguments } from './scripts.ts';

/** The bench's batches, served by a process of its own, and what to ask it for. */
export interface FeedService {
  readonly origin: string;
  readonly key: string;
  readonly minute: Minute;
  readonly large: Minute;
  readonly hour: Hour;
  close(): Promise<void>;
}

/** Minutes between the newest one and those that are asked for: no run ends at the edge of the window. */
const BACK = 30;

/** Starts serving. The process ends with `close()`, and at the latest with this one. */
export async function startFeedService({ minute, large, hour }: BenchBatches): Promise<FeedService> {
  const key = randomBytes(32).toString('hex');
  const slots = { minute: shiftSlot(newestMinute(Date.now()), -BACK), hour: hour.hour };
  const largeSlot = shiftSlot(slots.minute, -1);
  const input: FeedServerInput = {
    key,
    minute: minute.path,
    large: { slot: largeSlot, path: large.path },
    hour: { slot: hour.hour, path: hour.path },
  };
  const child = spawn(process.execPath, scriptArguments('feed-server', input), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { origin } = JSON.parse(line) as FeedServerReport;
  return {
    origin,
    key,
    ...slots,
    large: largeSlot,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
