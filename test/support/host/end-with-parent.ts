import { fstatSync } from 'node:fs';

const pollMs = 500;

/**
 * Calls back once when the process that holds the other end of our standard input is gone, however it went:
 * a crash or SIGKILL closes that pipe too. Does nothing when standard input is a terminal or a file, and does
 * not keep this process alive.
 */
export function onInputClosed(callback: () => void): void {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.once('end', callback);
  process.stdin.once('error', callback);
  process.stdin.resume();
  // A pipe is a net.Socket, which can be unreferenced; the declared type of stdin does not say so.
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}

/** Calls back once when the process that started us is gone, whatever our standard input is. */
export function onOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, pollMs);
  timer.unref();
}
