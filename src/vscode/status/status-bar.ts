import * as vscode from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { RangeService } from '../ranges/range-service.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { downloadsText, followsStatus, rangesStatus } from './status-text.ts';
import type { StatusText } from './status-text.ts';

/** Says that the sample feeds are on, as long as they are, what is being downloaded, and which feeds are followed. */
export class StatusBar {
  private readonly samples = entry('samples', 10);
  private readonly downloads = entry('downloads', 9);
  private readonly follows = entry('follows', 8);

  constructor(
    private readonly source: FeedSource,
    private readonly catalog: Catalog,
    private readonly ranges: Pick<RangeService, 'shown'>,
  ) {
    this.samples.name = 'VT Feeds: sample feeds';
    this.samples.text = '$(beaker) Sample feeds';
    this.samples.tooltip = 'VT Feeds shows synthetic records of its own. Click to use VirusTotal.';
    this.samples.command = 'vtFeeds.useVirusTotal';
    this.downloads.name = 'VT Feeds: downloads';
    this.downloads.command = 'vtFeeds.feeds.focus';
    this.follows.name = 'VT Feeds: followed feeds';
    this.follows.command = 'vtFeeds.feeds.focus';
    this.update();
  }

  update(): void {
    const now = Date.now();
    if (this.source.current === 'sample') this.samples.show();
    else this.samples.hide();
    show(this.downloads, rangesStatus(this.ranges.shown, now) ?? this.running());
    show(this.follows, followsStatus(this.ranges.shown, now), 'Following ');
  }

  dispose(): void {
    for (const item of [this.samples, this.downloads, this.follows]) item.dispose();
  }

  private running(): StatusText | undefined {
    const { runningCount } = this.catalog;
    if (runningCount === 0) return undefined;
    const text = downloadsText(runningCount);
    return { icon: 'sync~spin', text, lines: [text] };
  }
}

function entry(name: string, priority: number): vscode.StatusBarItem {
  return vscode.window.createStatusBarItem(`vtFeeds.${name}`, vscode.StatusBarAlignment.Left, priority);
}

function show(item: vscode.StatusBarItem, status: StatusText | undefined, before = ''): void {
  if (status === undefined) {
    item.hide();
    return;
  }
  const { icon, text, lines } = status;
  item.text = `$(${icon}) ${before}${text}`;
  item.tooltip = `${lines.join('\n')}\nClick to show the feeds.`;
  item.accessibilityInformation = { label: `VT Feeds: ${lines.join('. ')}` };
  item.show();
}
