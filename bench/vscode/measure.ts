// Runs inside the extension host: VS Code calls `run`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { BlockWatch } from './block-watch.ts';
import { PLAN_VARIABLE, REPORT_MARK } from './plan.ts';
import type { Job, JobReport, Plan } from './plan.ts';

const FEED = 'files';
/** What a job left behind (garbage, a tree to draw) is not counted to the next. */
const PAUSE_MS = 1000;

/** Does the jobs of the plan one after the other, the tree showing what they do, and reports each. */
export async function run(): Promise<void> {
  const { key, jobs } = JSON.parse(process.env[PLAN_VARIABLE] ?? '') as Plan;
  await vscode.commands.executeCommand('vtFeeds.setApiKey', key);
  await vscode.commands.executeCommand('vtFeeds.feeds.focus');
  for (const job of jobs) {
    if ('time' in job) await reveal(job.time);
    await wait(PAUSE_MS);
    tell(await watched(job));
  }
}

async function watched(job: Job): Promise<JobReport> {
  const startedAt = performance.now();
  const watch = new BlockWatch();
  await doJob(job);
  const longest = watch.end();
  return { job: job.name, seconds: (performance.now() - startedAt) / 1000, longest };
}

async function doJob(job: Job): Promise<void> {
  switch (job.kind) {
    case 'idle':
      await wait(job.seconds * 1000);
      return;
    case 'program':
      await runProgram(job.path, job.args, job.input);
      return;
    case 'batch':
      await download('vtFeeds.downloadBatch', { time: job.time });
      return;
    case 'range':
      await download('vtFeeds.downloadRange', { from: job.from, to: job.to });
  }
}

/** Downloads as other extensions would. What is stored already, or not whole, is no measurement. */
async function download(command: string, what: object): Promise<void> {
  const { status } = await vscode.commands.executeCommand<{ readonly status: string }>(command, {
    feed: FEED,
    ...what,
  });
  if (status !== 'downloaded') throw new Error(`${command} ${JSON.stringify(what)} ended as ${status}.`);
}

async function runProgram(path: string, args: readonly string[], input: string): Promise<void> {
  const file = await open(input);
  try {
    await once(spawn(path, args, { stdio: [file.fd, 'ignore', 'ignore'] }), 'close');
  } finally {
    await file.close();
  }
}

/** Shows a slot's row in the tree, so that its progress is drawn. */
async function reveal(time: string): Promise<void> {
  await vscode.commands.executeCommand('vtFeeds.goToTime', { feed: FEED, time });
}

function tell(report: JobReport): void {
  console.log(REPORT_MARK + JSON.stringify(report));
}
