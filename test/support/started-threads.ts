import type { Worker } from 'node:worker_threads';

export interface StartedThread {
  readonly worker: Worker;
  isAlive: boolean;
}

/** The threads that each test of the suite this is called in has started, whoever did. */
export function useStartedThreads(): () => readonly StartedThread[] {
  let started: StartedThread[] = [];
  const note = (worker: Worker): void => {
    const thread = { worker, isAlive: true };
    started.push(thread);
    worker.once('exit', () => {
      thread.isAlive = false;
    });
  };
  beforeEach(() => {
    started = [];
    process.on('worker', note);
  });
  afterEach(() => {
    process.off('worker', note);
  });
  return () => started;
}
