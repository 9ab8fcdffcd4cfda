import * as vscode from 'vscode';
import type { DownloadsNode, RangeNode } from './tree-node.ts';

const { Expanded, None } = vscode.TreeItemCollapsibleState;

/** The group of all ranges. */
export function downloadsItem({ underWay }: DownloadsNode): vscode.TreeItem {
  const item = new vscode.TreeItem('Downloads', Expanded);
  item.iconPath = new vscode.ThemeIcon('cloud-download');
  item.description = underWay === 0 ? '' : `${String(underWay)} running`;
  item.tooltip = 'Ranges of minutes that are downloaded, or were';
  item.contextValue = 'downloads';
  return item;
}

export function rangeItem(node: RangeNode): vscode.TreeItem {
  const { label, title, progress, details, phase } = node;
  const item = new vscode.TreeItem(label, None);
  item.description = progress;
  item.iconPath = iconOf(node);
  item.tooltip = [`${title} UTC`, progress, ...(details === '' ? [] : [details])].join('\n');
  item.accessibilityInformation = { label: `${title}, ${progress}. ${details}` };
  item.contextValue = ['range', ...abilitiesOf(node)].join(' ');
  if (phase === 'finished')
    item.command = { command: 'vtFeeds.showRangeReport', title: 'Show Report', arguments: [node] };
  return item;
}

/** What can be done with a range, for the menus' `when` clauses. */
function abilitiesOf({ phase, incomplete }: RangeNode): readonly string[] {
  switch (phase) {
    case 'running':
      return ['canPauseRange', 'canCancelRange', 'canShowReport'];
    case 'waiting':
      return ['canPauseRange', 'canResumeRange', 'canCancelRange', 'canShowReport'];
    case 'paused':
      return ['canResumeRange', 'canCancelRange', 'canShowReport'];
    case 'finished':
      return ['canShowReport', 'canRemoveRange', ...(incomplete ? ['canRetryRange'] : [])];
  }
}

function iconOf({ phase, incomplete }: RangeNode): vscode.ThemeIcon {
  switch (phase) {
    case 'running':
      return new vscode.ThemeIcon('sync~spin');
    case 'waiting':
      return new vscode.ThemeIcon('clock');
    case 'paused':
      return new vscode.ThemeIcon('debug-pause');
    case 'finished':
      return incomplete
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('charts.green'));
  }
}
