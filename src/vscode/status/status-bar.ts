import * as vscode from 'vscode';
import type { Catalog } from '../../core/catalog/catalog.ts';
import type { FeedSource } from '../platform/feed-source.ts';

/** Says that the sample feeds are on, as long as they are, and how many downloads run. */
export class StatusBar {
  private readonly samples = vscode.window.createStatusBarItem(
    'vtFeeds.samples',
    vscode.StatusBarAlignment.Left,
    10,
  );
  private readonly downloads = vscode.window.createStatusBarItem(
    'vtFeeds.downloads',
    vscode.StatusBarAlignment.Left,
    9,
  );

  constructor(
    private readonly source: FeedSource,
    private readonly catalog: Catalog,
  ) {
    this.samples.name = 'VT Feeds: sample feeds';
    this.samples.text = '$(beaker) Sample feeds';
    this.samples.tooltip = 'VT Feeds shows synthetic records of its own. Click to use VirusTotal.';
    this.samples.command = 'vtFeeds.useVirusTotal';
    this.downloads.name = 'VT Feeds: downloads';
    this.downloads.command = 'vtFeeds.feeds.focus';
    this.update();
  }

  update(): void {
    if (this.source.current === 'sample') this.samples.show();
    else this.samples.hide();
    const { runningCount } = this.catalog;
    this.downloads.text = `$(sync~spin) ${downloadsText(runningCount)}`;
    if (runningCount > 0) this.downloads.show();
    else this.downloads.hide();
  }

  dispose(): void {
    this.samples.dispose();
    this.downloads.dispose();
  }
}

/** `1 download`, `3 downloads`. */
export function downloadsText(count: number): string {
  return `${String(count)} download${count === 1 ? '' : 's'}`;
}
