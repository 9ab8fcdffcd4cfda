import * as vscode from 'vscode';
import { basename, join } from 'node:path';
import { homedir } from 'node:os';
import { diskError } from '../../core/common/disk-error.ts';
import { toVtFeedsError } from '../../core/common/errors.ts';
import { sanitizeForUi } from '../../core/common/sanitize.ts';
import { sizeText } from '../../core/catalog/size-text.ts';
import type { SavedArtifact } from '../../core/artifacts/artifact-saver.ts';
import { artifactInfo } from '../../core/feed/artifact.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';
import type { ArtifactId } from './artifact-service.ts';
import { customEditorFor } from './custom-editors.ts';
import { showHtmlReport } from './html-report.ts';

const REVEAL = 'Reveal in Folder';
const SAVE_AS = 'Save As…';
const OPEN_WITH = 'Open With…';

/** Opens a fetched artifact the way its kind allows. A sample is never opened. */
export async function showArtifact(
  threads: WorkerThreads,
  { kind, id }: ArtifactId,
  saved: SavedArtifact,
): Promise<void> {
  const { title } = artifactInfo(kind);
  if (kind === 'html') {
    showHtmlReport(
      await threads.run('loadReport', { path: saved.path }),
      `${title} ${id.slice(0, 8).replace(/[^\w]/gu, '')}`,
    );
    return;
  }
  const editor = kind === 'sample' ? undefined : customEditorFor(saved.path);
  if (editor !== undefined) {
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(saved.path), editor);
    return;
  }
  const text =
    kind === 'sample'
      ? `Sample saved as an encrypted zip (password: infected), ${sizeText(saved.bytes)}. Handle it as live malware.`
      : `${title} saved as ${basename(saved.path)}, ${sizeText(saved.bytes)}. No editor for it is installed here.`;
  offer(text, kind === 'sample' ? [REVEAL, SAVE_AS] : [REVEAL, SAVE_AS, OPEN_WITH], saved.path).catch(
    (error: unknown) => {
      void vscode.window.showErrorMessage(sanitizeForUi(toVtFeedsError(diskError(error)).message));
    },
  );
}

async function offer(text: string, buttons: readonly string[], path: string): Promise<void> {
  const uri = vscode.Uri.file(path);
  switch (await vscode.window.showInformationMessage(text, ...buttons)) {
    case REVEAL:
      await reveal(uri);
      return;
    case SAVE_AS:
      await saveAs(path);
      return;
    case OPEN_WITH:
      await vscode.commands.executeCommand('explorer.openWith', uri);
      return;
    default:
  }
}

/** In a browser there is no folder to reveal a file in: its path is shown instead. */
async function reveal(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('revealFileInOS', uri);
  } catch {
    void vscode.window.showInformationMessage(`The file is ${uri.fsPath}`);
  }
}

async function saveAs(path: string): Promise<void> {
  const defaultUri = vscode.Uri.file(join(homedir(), basename(path)));
  const target = await vscode.window.showSaveDialog({ defaultUri });
  if (target !== undefined)
    await vscode.workspace.fs.copy(vscode.Uri.file(path), target, { overwrite: true });
}
