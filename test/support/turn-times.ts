/** Part of Node.js since 23.9, and not yet of its types here. */
interface WithThreadCpuUsage {
  threadCpuUsage?(): { readonly user: number; readonly system: number };
}

/** What a thread did in its longest turn, milliseconds. */
export interface LongestTurn {
  readonly ms: number;
  /** `cpu`: of work of its own; `wall`: also while other processes had the processor, where Node.js cannot tell. */
  readonly measured: 'cpu' | 'wall';
}

/** Finds out how long the longest turn of this thread's event loop is while `work` runs and for `afterMs` more. */
export async function longestTurn(work: () => Promise<unknown>, afterMs: number): Promise<LongestTurn> {
  let longest = 0;
  let last = timeUsed();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = timeUsed();
    longest = Math.max(longest, now - last);
    last = now;
    timer = setTimeout(look, 1);
  };
  look();
  try {
    await work();
    await new Promise((resolve) => setTimeout(resolve, afterMs));
  } finally {
    clearTimeout(timer);
  }
  return { ms: longest, measured: cpuTime() === undefined ? 'wall' : 'cpu' };
}

function timeUsed(): number {
  return cpuTime() ?? performance.now();
}

function cpuTime(): number | undefined {
  const usage = (process as WithThreadCpuUsage).threadCpuUsage?.();
  return usage === undefined ? undefined : (usage.user + usage.system) / 1000;
}
