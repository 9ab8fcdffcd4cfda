import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const gracePeriodMs = 3000;
const pollMs = 25;

/**
 * Ends a child that was spawned `detached` and everything it started: asks with SIGTERM, then insists with
 * SIGKILL. Resolves when the child is gone and its group with it; never rejects for a group already gone.
 */
export async function endProcessGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exited = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
  signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + gracePeriodMs;
  while (groupLives(pid) && Date.now() < deadline) await delay(pollMs);
  signalGroup(pid, 'SIGKILL');
  await exited;
}

/** Kills a process group at once, without waiting; for the last moments of a process. */
export function killProcessGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL');
}

function groupLives(pid: number): boolean {
  return signalGroup(pid, 0);
}

/** Whether the signal could be sent, that is, whether anything of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
