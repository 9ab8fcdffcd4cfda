import assert from 'node:assert/strict';
import { newFollow } from '../../../../src/core/range/follow-record.ts';
import type { FollowRecord } from '../../../../src/core/range/follow-record.ts';
import { FollowRun } from '../../../../src/core/range/follow-run.ts';
import { newRange } from '../../../../src/core/range/range-record.ts';
import type { RangeRecord } from '../../../../src/core/range/range-record.ts';
import { RangeRun } from '../../../../src/core/range/range-run.ts';
import type { ShownTask } from '../../../../src/core/range/tasks.ts';
import { followsStatus, rangesStatus } from '../../../../src/vscode/status/status-text.ts';
import { DownloadNodes } from '../../../../src/vscode/tree/download-nodes.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { RangeWorld } from '../../../support/range-world.ts';
import { minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const PROBLEM = { code: 'offline', sentence: 'The network is gone.' } as const;

describe('what is shown of ranges and follows', () => {
  const world = new RangeWorld(new FakeClock(NOW));
  const [from, to] = [minute('202611220900'), minute('202611220903')];
  const range = (change: Partial<RangeRecord>, end = to): RangeRun =>
    new RangeRun({ ...newRange({ feed: 'files', from, to: end }), ledger: 'dd..', ...change }, world.ports);
  const follow = (change: Partial<FollowRecord>, feed: FollowRecord['feed'] = 'urls'): FollowRun =>
    new FollowRun({ ...newFollow(feed, NOW), ...change }, { ...world.ports, random: () => 0 });
  const shown = (...runs: readonly ShownTask['run'][]): ShownTask[] =>
    runs.map((run) => ({ run, elsewhere: false }));
  const nodesOf = (tasks: readonly ShownTask[]): DownloadNodes =>
    new DownloadNodes(
      () => tasks,
      () => NOW,
    );

  it('is no group without a range', () => {
    const nodes = nodesOf(shown(follow({})));
    assert.deepEqual([nodes.roots(), nodes.ranges(), nodes.group().ids], [[], [], []]);
  });

  it('is a group of ranges: what runs first, then what stands still, then what has ended', () => {
    const tasks = shown(
      range({ phase: { phase: 'finished' }, ledger: 'ddd', failures: [] }, minute('202611220902')),
      range({ phase: { phase: 'paused', problem: PROBLEM }, ledger: 'dd' }, minute('202611220901')),
      range({}),
    );
    const nodes = nodesOf(tasks);
    assert.deepEqual(
      nodes.ranges().map(({ label, progress, incomplete }) => [label, progress, incomplete]),
      [
        ['Files 09:00–09:03', '50%', true],
        ['Files 09:00–09:01', 'paused at 100%: a question is open', false],
        ['Files 09:00–09:02', 'done', false],
      ],
    );
    assert.equal(nodes.roots()[0]?.underWay, 1);
    assert.equal(nodes.ranges()[1]?.details, 'The network is gone.');
    assert.match(nodes.ranges()[2]?.details ?? '', /3 minutes downloaded/u);
    assert.equal(nodes.range('range-files-202611220900-202611220903')?.phase, 'running');
    assert.equal(nodes.range('another'), undefined);
  });

  it('says that another window runs it', () => {
    const nodes = nodesOf([{ run: range({}), elsewhere: true }]);
    assert.equal(nodes.ranges()[0]?.progress, '50% · in another window');
  });

  for (const [phase, text, standsStill] of [
    [{ phase: 'following' }, 'following', false],
    [{ phase: 'waiting', until: NOW + 60_000, problem: PROBLEM }, 'following again at 12:31 UTC', false],
    [{ phase: 'paused', problem: PROBLEM }, 'following stopped: a question is open', true],
  ] satisfies readonly (readonly [FollowRecord['phase'], string, boolean])[]) {
    it(`says beside a feed: ${text}`, () => {
      const nodes = nodesOf(shown(range({}), follow({ phase })));
      assert.deepEqual(nodes.followOf('urls'), { text, elsewhere: false, standsStill });
      assert.equal(nodes.followOf('files'), undefined);
    });
  }

  it('is in the status bar while something goes on, or waits for an answer', () => {
    const status = (...runs: readonly ShownTask['run'][]): string => {
      const found = rangesStatus(shown(...runs), NOW);
      return found === undefined ? '' : `${found.icon} ${found.text}`;
    };
    const finished = range({ phase: { phase: 'finished' } });
    const asking = range({ phase: { phase: 'paused', problem: PROBLEM } });
    const waiting = range({ phase: { phase: 'waiting', until: NOW + 60_000, problem: PROBLEM } });
    assert.equal(status(), '');
    assert.equal(status(finished, range({ phase: { phase: 'paused' } })), '');
    assert.equal(status(range({}), asking), 'sync~spin Files 50%');
    assert.equal(status(range({}), range({ ledger: 'dddd' })), 'sync~spin 2 ranges 75%');
    assert.equal(status(waiting), 'clock Files 50% · waits until 12:31 UTC');
    assert.equal(status(asking), 'debug-pause Files paused at 50%: a question is open');
  });

  it('names followed feeds in the status bar', () => {
    assert.equal(followsStatus(shown(range({})), NOW), undefined);
    assert.deepEqual(followsStatus(shown(follow({})), NOW), {
      icon: 'broadcast',
      text: 'URLs',
      lines: ['URLs: following'],
    });
    const paused = follow({ phase: { phase: 'paused', problem: PROBLEM } }, 'files');
    const two = followsStatus(shown(follow({}), paused), NOW);
    assert.deepEqual([two?.icon, two?.text, two?.lines.length], ['warning', '2 feeds', 2]);
  });
});
