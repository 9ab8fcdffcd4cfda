import * as vscode from 'vscode';
import type { SlotState } from '../../core/catalog/slot-state.ts';
import { feedInfo } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { DAY_MS, startOf } from '../../core/feed/slot.ts';
import { clockText, dayText, momentText, slotText } from '../../core/feed/slot-text.ts';
import { oldestStart } from '../../core/feed/window.ts';
import { downloadsItem, rangeItem } from './download-item.ts';
import { describeState, explainState } from './slot-description.ts';
import { nodeId } from './tree-node.ts';
import type { DayNode, FeedNode, HourNode, MinuteNode, TreeNode } from './tree-node.ts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

const FEED_ICONS: Readonly<Record<Feed, string>> = {
  files: 'file-binary',
  urls: 'link',
  domains: 'globe',
  ip_addresses: 'server',
  file_behaviours: 'beaker',
};

/** Shows a node; `now` in Unix milliseconds. */
export function toTreeItem(node: TreeNode, now: number): vscode.TreeItem {
  const item = itemOf(node, now);
  item.id = nodeId(node);
  return item;
}

function itemOf(node: TreeNode, now: number): vscode.TreeItem {
  switch (node.node) {
    case 'downloads':
      return downloadsItem(node);
    case 'range':
      return rangeItem(node);
    case 'feed':
      return feedItem(node);
    case 'day':
      return dayItem(node, now);
    case 'hour':
      return hourItem(node, now);
    case 'minute':
      return minuteItem(node, now);
  }
}

function feedItem({ feed, licence, stored, follow }: FeedNode): vscode.TreeItem {
  const { title, description } = feedInfo(feed);
  const item = new vscode.TreeItem(title, Collapsed);
  item.iconPath = new vscode.ThemeIcon(licence === 'unlicensed' ? 'lock' : FEED_ICONS[feed]);
  item.description = [licence === 'unlicensed' ? 'no licence' : storedText(stored), follow?.text ?? '']
    .filter(Boolean)
    .join(' · ');
  item.tooltip =
    licence === 'unlicensed'
      ? `${description}\nThe API key has no licence for this feed; the others go on.`
      : description;
  item.contextValue = [
    'feed canOpenLatest',
    ...(licence === 'unlicensed' ? [] : ['canDownloadRange']),
    ...feedAbilities(licence, follow),
  ].join(' ');
  return item;
}

/** What can be done about following a feed. */
function feedAbilities(licence: FeedNode['licence'], follow: FeedNode['follow']): readonly string[] {
  if (follow !== undefined)
    return follow.standsStill ? ['canFollow', 'canStopFollowing'] : ['canStopFollowing'];
  return licence === 'unlicensed' ? [] : ['canFollow'];
}

function dayItem({ day, stored, today }: DayNode, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(dayText(day), Collapsed);
  item.iconPath = new vscode.ThemeIcon('calendar');
  item.description = [today ? 'today' : '', storedText(stored)].filter((part) => part !== '').join(' · ');
  item.tooltip = `${dayText(day)}, UTC`;
  const isServed = startOf(day) + DAY_MS > oldestStart(now);
  item.contextValue = isServed ? 'day canDownloadDay' : 'day';
  return item;
}

function hourItem({ time, state, stored }: HourNode, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(clockText(time), Collapsed);
  item.description = describeHour(state, stored, now);
  item.iconPath = iconOf(state, 'history');
  item.tooltip = `The hour ${slotText(time)} UTC, as one package\n${explainState(state, now).replace('Click to', 'Its buttons')}`;
  item.contextValue = [
    'hour',
    ...abilitiesOf(state),
    ...(stored > 0 && !isRunning(state) ? ['canOpen', 'canDelete', 'canSave'] : []),
  ].join(' ');
  return item;
}

function minuteItem(node: MinuteNode, now: number): vscode.TreeItem {
  const { time, state } = node;
  const item = new vscode.TreeItem(clockText(time), None);
  item.description = describeState(state, now);
  item.iconPath = iconOf(state, 'circle-outline');
  item.tooltip = `${slotText(time)} UTC\n${explainState(state, now)}`;
  item.contextValue = ['minute', ...abilitiesOf(state)].join(' ');
  item.command = { command: 'vtFeeds.openBatch', title: 'Open', arguments: [node] };
  return item;
}

function isRunning({ state }: SlotState): boolean {
  return state === 'queued' || state === 'downloading';
}

/** What can be done with a slot, for the menus' `when` clauses. */
function abilitiesOf(state: SlotState): readonly string[] {
  switch (state.state) {
    case 'available':
    case 'failed':
      return ['canOpen', 'canDownload'];
    case 'queued':
    case 'downloading':
      return ['canCancel'];
    case 'stored':
      return ['canOpen', 'canDelete', 'canSave'];
    case 'missing':
      return ['canDownload'];
    case 'notYet':
    case 'tooOld':
      return [];
  }
}

function iconOf(state: SlotState, available: string): vscode.ThemeIcon {
  switch (state.state) {
    case 'notYet':
      return new vscode.ThemeIcon('clock', new vscode.ThemeColor('disabledForeground'));
    case 'available':
      return new vscode.ThemeIcon(available);
    case 'queued':
      return new vscode.ThemeIcon('ellipsis');
    case 'downloading':
      return new vscode.ThemeIcon('loading~spin');
    case 'stored':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green'));
    case 'missing':
    case 'tooOld':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  }
}

/** An hour speaks of its package; of its minutes it says how many are there, unless the package is. */
function describeHour(state: SlotState, stored: number, now: number): string {
  switch (state.state) {
    case 'notYet':
      return [`package at ${momentText(state.availableAt, now)}`, storedText(stored)]
        .filter(Boolean)
        .join(' · ');
    case 'available':
    case 'tooOld':
      return storedText(stored);
    default:
      return describeState(state, now);
  }
}

function storedText(stored: number): string {
  return stored === 0 ? '' : `${String(stored)} downloaded`;
}
