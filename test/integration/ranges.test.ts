import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Feed } from '../../src/core/feed/feed.ts';
import { MINUTE_MS, minutesOf, shiftSlot, startOf } from '../../src/core/feed/slot.ts';
import type { Minute } from '../../src/core/feed/slot.ts';
import { newestHour, newestMinute } from '../../src/core/feed/window.ts';
import { isMissing, plantedGap } from '../../src/sample/batches/missing-minutes.ts';
import { SEED, answering, fails, freshSampleFeeds, run, tolerate, until } from './api.ts';

interface RangeResult {
  readonly feed: Feed;
  readonly time: string;
  readonly to: string;
  readonly status: string;
  readonly records: number;
  readonly bytes: number;
  readonly report: Readonly<
    Record<'downloaded' | 'alreadyStored' | 'missing' | 'failed' | 'left', number>
  > & {
    readonly milliseconds: number;
  };
}

interface Span {
  readonly feed: Feed;
  readonly from: Minute;
  readonly to: Minute;
}

describe('ranges', function () {
  this.timeout(120_000);
  beforeEach(freshSampleFeeds);

  it('downloads a range over hours with missing minutes, and says what became of each', async () => {
    const span = acrossAnHour('ip_addresses');
    const missing = missingIn(span);
    const result = await download(span);
    assert.deepEqual([result.feed, result.time, result.to], [span.feed, span.from, span.to]);
    assert.equal(result.status, 'downloaded');
    const { milliseconds, ...report } = result.report;
    const downloaded = minutesIn(span).length - missing.length;
    assert.deepEqual(report, { downloaded, alreadyStored: 0, missing: missing.length, failed: 0, left: 0 });
    assert.ok(milliseconds > 0 && result.records >= downloaded && result.bytes > 0);
    const first = minutesIn(span).find((minute) => !missing.includes(minute));
    assert.equal((await run('downloadBatch', { feed: span.feed, time: first })).status, 'stored');
  });

  it('takes nothing that is stored or known to be missing', async () => {
    const span = acrossAnHour('ip_addresses');
    const short = { ...span, from: shiftSlot(span.to, -9) };
    const first = await download(short);
    const again = await download(short);
    assert.equal(again.status, 'stored');
    assert.deepEqual(
      [again.report.downloaded, again.report.alreadyStored, again.report.missing],
      [0, first.report.downloaded, first.report.missing],
    );
    assert.deepEqual([again.records, again.bytes], [first.records, first.bytes]);
  });

  it('takes an hour by its name for all its minutes', async () => {
    const hour = newestHour(Date.now());
    const { from, to } = { from: hour, to: hour };
    const result = (await run('downloadRange', { feed: 'urls', from, to })) as unknown as RangeResult;
    const { downloaded, missing } = result.report;
    assert.deepEqual([result.time, downloaded + missing], [minutesOf(hour)[0], 60]);
  });

  it('gives code an error at a gap, and a person a question; then it goes on and reports', async () => {
    await tolerate(1);
    const gap = plantedGap(SEED, Date.now() - 70 * MINUTE_MS);
    const [first, last] = [gap[0], gap.at(-1)];
    assert.ok(first !== undefined && last !== undefined);
    const span: Span = { feed: 'domains', from: shiftSlot(first, -2), to: shiftSlot(last, 2) };
    const { code, message } = await fails('downloadRange', span);
    assert.equal(code, 'missingInARow');
    assert.match(message, /^Domains: \d minutes in a row have no batch \(.* UTC\)/u);
    await answering('showInformationMessage', 'Show Report', async () => {
      await run('resumeRange', { id: `range-domains-${span.from}-${span.to}` });
      await until('the report is shown', () => shownReport() !== undefined);
    });
    assert.match(shownReport() ?? '', /Without a batch: none was [^]* to .* \(5 minutes\)/u);
    await run('removeRange', { id: `range-domains-${span.from}-${span.to}` });
  });

  it('asks a person who runs into a gap, and stops where it is told to', async () => {
    await tolerate(1);
    const gap = plantedGap(SEED, Date.now() - 70 * MINUTE_MS);
    const [first, last] = [gap[0], gap.at(-1)];
    assert.ok(first !== undefined && last !== undefined);
    const span: Span = { feed: 'urls', from: shiftSlot(first, -2), to: shiftSlot(last, 2) };
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await answering('showWarningMessage', 'Stop Here', () =>
      answering('showInformationMessage', 'Show Report', async () => {
        await run('downloadRange', { node: 'test', ...span });
        await until('the report is shown', () => shownReport() !== undefined);
      }),
    );
    assert.match(shownReport() ?? '', /Left {6,}\d minutes?/u);
    await run('removeRange', { id: `range-urls-${span.from}-${span.to}` });
  });

  it('asks for the feed and the minutes when it is told neither', async () => {
    const picks: unknown[] = [];
    const pick = (items: unknown): unknown => {
      picks.push(items);
      const list = items as readonly { readonly feed?: string; readonly label: string }[];
      return list.find(({ feed, label }) => feed === 'ip_addresses' || label === 'Last hour');
    };
    const { time, to } = (await answering('showQuickPick', pick, () =>
      run('downloadRange'),
    )) as unknown as RangeResult;
    const id = `range-ip_addresses-${time}-${to}`;
    await until('the range is at its end', () => isAtItsEnd(id), 60_000);
    assert.match(shownReport() ?? '', /Downloaded {6,}\d+ minutes/u);
    assert.equal(picks.length, 2);
  });

  for (const [argument, code] of [
    [{ feed: 'files', from: '202611221003', to: 'tomorrow' }, 'invalidArgument'],
    [{ feed: 'files', from: 42, to: '202611221003' }, 'invalidArgument'],
    [{ feed: 'nonsense', from: '202611221003', to: '202611221003' }, 'invalidArgument'],
    [{ feed: 'files', from: '202611221003', to: '202611221002' }, 'invalidArgument'],
    [{ feed: 'files', from: '202001010000', to: '202001010001' }, 'tooOld'],
    [{ feed: 'files', from: '209901010000', to: '209901010001' }, 'notAvailableYet'],
  ] as const) {
    it(`refuses ${JSON.stringify(argument)} as ${code}`, async () => {
      assert.equal((await fails('downloadRange', argument)).code, code);
    });
  }

  it('is cancelled for everyone, and what it brought stays', async () => {
    const hour = newestHour(Date.now());
    const [from, to] = [shiftSlot(minutesOf(hour)[0] ?? newestMinute(0), -180), newestMinute(Date.now())];
    const outcome = fails('downloadRange', { feed: 'files', from, to });
    const id = `range-files-${from}-${to}`;
    await until('the range is known', () =>
      run('pauseRange', { id }).then(
        () => true,
        () => false,
      ),
    );
    await run('resumeRange', { id });
    await run('cancelRange', { id });
    assert.equal((await outcome).code, 'cancelled');
    assert.equal((await fails('resumeRange', { id })).code, 'notFound');
  });

  it('is ended with an error when another source is chosen', async () => {
    const hour = newestHour(Date.now());
    const [from, to] = [shiftSlot(minutesOf(hour)[0] ?? newestMinute(0), -180), newestMinute(Date.now())];
    const outcome = fails('downloadRange', { feed: 'files', from, to });
    const id = `range-files-${from}-${to}`;
    await until('the range is known', () =>
      run('resumeRange', { id }).then(
        () => true,
        () => false,
      ),
    );
    await run('useVirusTotal');
    assert.equal((await outcome).code, 'cancelled');
    await run('useSampleFeeds');
    await until('it is there again, paused', () =>
      run('cancelRange', { id }).then(
        () => true,
        () => false,
      ),
    );
  });

  it('follows a feed from its newest minute on, until it is told to stop', async () => {
    const feed = 'files';
    assert.equal((await run('followFeed', { feed })).status, 'following');
    const newest = newestMinute(Date.now());
    // What nobody else has downloaded can be deleted once it is there.
    const isThere = (): Promise<boolean> =>
      run('deleteBatch', { feed, time: newest }).then(
        () => true,
        () => false,
      );
    if (!isMissing(SEED, feed, newest)) await until('the newest minute is there', isThere, 30_000);
    assert.equal((await run('stopFollowing', { feed })).status, 'stopped');
    assert.equal((await fails('stopFollowing', { feed })).code, 'notFound');
  });
});

async function download(span: Span): Promise<RangeResult> {
  return (await run('downloadRange', span)) as unknown as RangeResult;
}

/** From a few minutes before the newest package's hour to a few after it. */
function acrossAnHour(feed: Feed): Span {
  const minutes = minutesOf(newestHour(Date.now()));
  const [first, last] = [minutes[0], minutes.at(-1)];
  assert.ok(first !== undefined && last !== undefined);
  return { feed, from: shiftSlot(first, -4), to: shiftSlot(last, 3) };
}

function minutesIn({ from, to }: Span): Minute[] {
  const count = (startOf(to) - startOf(from)) / MINUTE_MS + 1;
  return Array.from({ length: count }, (_, step) => shiftSlot(from, step));
}

function missingIn(span: Span): Minute[] {
  return minutesIn(span).filter((minute) => isMissing(SEED, span.feed, minute));
}

/** Whether a range is at its end, by its report. */
async function isAtItsEnd(id: string): Promise<boolean> {
  await run('showRangeReport', { id });
  return !(shownReport() ?? 'Left').includes('Left');
}

/** The text of the report in front. */
function shownReport(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'vtfeeds-report' ? document.getText() : undefined;
}
