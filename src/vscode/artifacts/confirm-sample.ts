import * as vscode from 'vscode';
import { sanitizeForUi } from '../../core/common/sanitize.ts';

/** Asks before live malware is fetched. `id` is the sample's SHA-256, `name` what the feed calls it. */
export async function confirmSample(id: string, name: string | undefined): Promise<boolean> {
  const fetch = 'Download as Encrypted Zip';
  const detail = [
    ...(name === undefined ? [] : [`Name: ${sanitizeForUi(name, 120)}`]),
    `SHA-256: ${sanitizeForUi(id, 80)}`,
    '',
    'It is saved as a zip with the password "infected", outside of your workspace, and never opened or run. An antivirus may delete it.',
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(
    'Download this sample? It may be live malware.',
    { modal: true, detail },
    fetch,
  );
  return answer === fetch;
}
