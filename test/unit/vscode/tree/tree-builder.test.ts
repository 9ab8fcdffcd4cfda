import assert from 'node:assert/strict';
import { Catalog } from '../../../../src/core/catalog/catalog.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import { DownloadNodes } from '../../../../src/vscode/tree/download-nodes.ts';
import { TreeBuilder } from '../../../../src/vscode/tree/tree-builder.ts';
import { nodeId } from '../../../../src/vscode/tree/tree-node.ts';
import type {
  FeedNode,
  DayNode,
  HourNode,
  MinuteNode,
  TreeNode,
} from '../../../../src/vscode/tree/tree-node.ts';
import { hour, minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30, 45);

function stored(slot: string): Parameters<Catalog['setStored']>[0] {
  return { feed: 'files', slot: minute(slot), records: 1, bytes: 100 };
}

describe('TreeBuilder', () => {
  let now: number;
  let catalog: Catalog;
  let builder: TreeBuilder;
  beforeEach(() => {
    now = NOW;
    catalog = new Catalog();
    builder = new TreeBuilder(
      catalog,
      () => now,
      new DownloadNodes(
        () => [],
        () => now,
      ),
    );
  });
  const days = (): DayNode[] => builder.children(builder.feed('files')) as DayNode[];
  const hoursOf = (index: number): HourNode[] => {
    const day = days()[index];
    assert.ok(day !== undefined);
    return builder.children(day) as HourNode[];
  };
  const minutesOf = (text: string): MinuteNode[] =>
    builder.children(builder.hour('files', hour(text))) as MinuteNode[];

  it('starts with the five feeds, each with its licence and what is stored of it', () => {
    catalog.setLicence('urls', 'unlicensed');
    catalog.setStored(stored('202611221003'));
    catalog.setStored(stored('202611011003'));
    const roots = builder.roots() as FeedNode[];
    assert.deepEqual(
      roots.map(({ feed }) => feed),
      [...FEEDS],
    );
    assert.deepEqual(
      roots.map(({ licence }) => licence),
      ['unknown', 'unlicensed', 'unknown', 'unknown', 'unknown'],
    );
    assert.deepEqual(
      roots.map((root) => root.stored),
      [2, 0, 0, 0, 0],
    );
  });

  it('shows the days that are served, newest first, and older ones with something stored', () => {
    catalog.setStored(stored('202611011003'));
    assert.deepEqual(
      days().map(({ day }) => day),
      [
        '20261122',
        '20261121',
        '20261120',
        '20261119',
        '20261118',
        '20261117',
        '20261116',
        '20261115',
        '20261101',
      ],
    );
    assert.deepEqual(
      days().map(({ today }) => today),
      [true, ...Array<boolean>(8).fill(false)],
    );
    assert.deepEqual(
      days().map((day) => day.stored),
      [0, 0, 0, 0, 0, 0, 0, 0, 1],
    );
  });

  it('begins with yesterday in the first hour of a day, when nothing of today is there yet', () => {
    now = Date.UTC(2027, 0, 1, 0, 59, 59, 999);
    assert.equal(days()[0]?.day, '20261231');
    assert.equal(days()[0]?.today, false);
    now = Date.UTC(2027, 0, 1, 1);
    assert.equal(days()[0]?.day, '20270101');
    assert.deepEqual(
      hoursOf(0).map(({ time }) => time),
      ['2027010100'],
    );
  });

  it('shows the hours of which a minute is there, newest first, down to the oldest that is served', () => {
    assert.deepEqual(
      hoursOf(0).map(({ time }) => time.slice(8)),
      ['11', '10', '09', '08', '07', '06', '05', '04', '03', '02', '01', '00'],
    );
    assert.equal(hoursOf(1).length, 24);
    const oldest = hoursOf(7).map(({ time }) => time);
    assert.equal(oldest.at(-1), '2026111512');
    catalog.setStored(stored('202611150301'));
    const withStored = hoursOf(7);
    assert.deepEqual(
      withStored.slice(-2).map(({ time, stored: count }) => [time, count]),
      [
        ['2026111512', 0],
        ['2026111503', 1],
      ],
    );
  });

  it('shows of the minutes to come only the next, and when it will be there', () => {
    const minutes = minutesOf('2026112211');
    assert.deepEqual(
      minutes.slice(0, 3).map(({ time, state }) => [time, state.state]),
      [
        ['202611221131', 'notYet'],
        ['202611221130', 'available'],
        ['202611221129', 'available'],
      ],
    );
    assert.equal(minutes.length, 32);
    const next = minutes[0]?.state;
    assert.ok(next?.state === 'notYet' && next.availableAt === Date.UTC(2026, 10, 22, 12, 31));
    assert.equal(minutesOf('2026112210').length, 60);
  });

  it('leaves out minutes that are no longer served, but not those that are stored', () => {
    now = Date.UTC(2026, 10, 22, 12, 30);
    assert.equal(minutesOf('2026111512').length, 30);
    catalog.setStored(stored('202611151201'));
    assert.deepEqual(
      minutesOf('2026111512')
        .slice(-2)
        .map(({ time, state }) => [time, state.state]),
      [
        ['202611151230', 'available'],
        ['202611151201', 'stored'],
      ],
    );
  });

  it('shows what happens to a minute and to an hour', () => {
    const id = { feed: 'files', slot: minute('202611221003') } as const;
    catalog.setRunning(id, { received: 1, total: 2 });
    assert.equal(builder.minute('files', id.slot).state.state, 'downloading');
    catalog.setEnded(id, new VtFeedsError('offline', 'x'));
    assert.equal(builder.minute('files', id.slot).state.state, 'failed');
    catalog.setRunning({ feed: 'files', slot: hour('2026112210') }, 'queued');
    assert.equal(builder.hour('files', hour('2026112210')).state.state, 'queued');
  });

  it('knows the parent of every node, and gives every node a name of its own that stays', () => {
    const ids = new Set<string>();
    const visit = (nodes: readonly TreeNode[], parent: TreeNode | undefined, depth: number): void => {
      for (const node of depth > 1 ? nodes.slice(0, 2) : nodes) {
        assert.deepEqual(builder.parent(node), parent);
        ids.add(nodeId(node));
        visit(builder.children(node), node, depth + 1);
      }
    };
    visit(builder.roots(), undefined, 0);
    assert.ok(ids.size > 200);
    assert.ok(
      ids.has('files') &&
        ids.has('files/20261122') &&
        ids.has('files/2026112211') &&
        ids.has('files/202611221131'),
    );
    assert.equal(nodeId(builder.minute('files', minute('202611221131'))), 'files/202611221131');
  });
});
