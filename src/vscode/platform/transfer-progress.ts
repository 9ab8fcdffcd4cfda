import * as vscode from 'vscode';
import { percentOf } from '../../core/catalog/slot-state.ts';
import { sizeText } from '../../core/catalog/size-text.ts';
import type { ByteProgress, OnEvent } from '../../core/download/progress.ts';

/** Runs a transfer under a notification that shows bytes and can be cancelled. */
export function withTransferProgress<T>(
  title: string,
  transfer: (signal: AbortSignal, onEvent: OnEvent) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    const listening = token.onCancellationRequested(() => {
      controller.abort();
    });
    let shown = 0;
    try {
      return await transfer(controller.signal, (event) => {
        if (event.event !== 'bytes') return;
        const percent = percentOf(event.progress) ?? 0;
        progress.report({ message: bytesText(event.progress), increment: Math.max(0, percent - shown) });
        shown = Math.max(shown, percent);
      });
    } finally {
      listening.dispose();
    }
  });
}

function bytesText({ received, total }: ByteProgress): string {
  return total === undefined ? sizeText(received) : `${sizeText(received)} of ${sizeText(total)}`;
}
