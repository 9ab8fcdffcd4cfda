import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FEEDS } from '../../src/core/feed/feed.ts';
import type { Feed } from '../../src/core/feed/feed.ts';
import { shiftSlot } from '../../src/core/feed/slot.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import { newestMinute } from '../../src/core/feed/window.ts';
import { isMissing } from '../../src/sample/batches/missing-minutes.ts';

/** The sample feeds of a window, and the runner's at VTFEEDS_API_ORIGIN, have this seed. */
export const SEED = 1;

/** What commands resolve with, as an outsider sees it. */
export interface Result {
  readonly feed: Feed;
  readonly time: string;
  readonly status: string;
  readonly records: number;
  readonly bytes: number;
  readonly uri: string;
  readonly path: string;
  readonly id: string;
}

/** Runs a command as another extension would. */
export async function run(command: string, argument?: unknown): Promise<Result> {
  return vscode.commands.executeCommand<Result>(`vtFeeds.${command}`, argument);
}

/** Runs a command that has to fail, and returns the error's code and message. */
export async function fails(
  command: string,
  argument: unknown,
): Promise<{ readonly code: unknown; readonly message: string }> {
  try {
    await run(command, argument);
  } catch (error) {
    assert.ok(error instanceof Error);
    return { code: 'code' in error ? error.code : undefined, message: error.message };
  }
  return assert.fail(`${command} did not fail`);
}

/** Turns the sample feeds on, takes any gap in them for normal, and empties their store. */
export async function freshSampleFeeds(): Promise<void> {
  await tolerate(60);
  await run('useSampleFeeds');
  await answering('showWarningMessage', 'Delete All', () => run('clearStore', {}));
}

/** Takes so many missing minutes in a row for normal. */
export async function tolerate(minutes: number): Promise<void> {
  const settings = vscode.workspace.getConfiguration('vtFeeds');
  await settings.update('missingBatchTolerance', minutes, vscode.ConfigurationTarget.Global);
}

/** A minute that has a batch, `back` minutes before the newest or a little earlier. */
export function minuteThatIs(feed: Feed, back: number): Minute {
  let minute = shiftSlot(newestMinute(Date.now()), -back);
  while (isMissing(SEED, feed, minute)) minute = shiftSlot(minute, -1);
  return minute;
}

/** Downloads such a minute. */
export async function storedMinute(feed: Feed, back = 5): Promise<Result> {
  return run('downloadBatch', { feed, time: minuteThatIs(feed, back) });
}

/** The text of a document by its URI. */
export async function textOf(uri: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).getText();
}

/** Every line of JSON lines, parsed. */
export function linesOf(text: string): Readonly<Record<string, unknown>>[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

type Question =
  'showWarningMessage' | 'showInformationMessage' | 'showErrorMessage' | 'showQuickPick' | 'showInputBox';

/** Answers one kind of question of VS Code's while `work` runs; returns what `work` returns. */
export async function answering<T>(question: Question, answer: unknown, work: () => Promise<T>): Promise<T> {
  const original = vscode.window[question];
  const asked: unknown[][] = [];
  const answers = Array.isArray(answer) ? [...(answer as unknown[])] : undefined;
  const stub = (...args: unknown[]): Promise<unknown> => {
    asked.push(args);
    const given = answers === undefined ? answer : answers.shift();
    return Promise.resolve(
      typeof given === 'function' ? (given as (items: unknown) => unknown)(args[0]) : given,
    );
  };
  Object.defineProperty(vscode.window, question, { value: stub, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.defineProperty(vscode.window, question, { value: original, configurable: true, writable: true });
    assert.ok(asked.length > 0, `${question} was not asked`);
  }
}

/** Waits until `condition` holds, looking whenever something may have changed. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `${what} did not happen within ${String(limitMs)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export { FEEDS };
