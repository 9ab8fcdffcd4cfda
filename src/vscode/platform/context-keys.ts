import * as vscode from 'vscode';

/** What `when` clauses of the manifest ask for. */
export type ContextKey = 'vtFeeds.hasKey' | 'vtFeeds.sampleFeeds' | 'vtFeeds.ready' | 'vtFeeds.welcome';

export function setContextKey(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
