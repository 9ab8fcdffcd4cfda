import * as vscode from 'vscode';
import { toVtFeedsError } from '../../core/common/errors.ts';
import type { VtFeedsError } from '../../core/common/errors.ts';
import { sanitizeForUi } from '../../core/common/sanitize.ts';
import type { Log } from '../platform/log.ts';
import type { CommandHandler, CommandMap } from './command-ids.ts';
import { errorActions } from './error-actions.ts';

/** Registers every command of `map`, each behind the one boundary that catches. */
export function registerCommands(
  map: CommandMap<string>,
  log: Log,
  idOf = (name: string): string => name,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(map).map(([name, handler]) => {
      const id = idOf(name);
      return vscode.commands.registerCommand(id, (argument: unknown) => guarded(id, handler, argument, log));
    }),
  );
}

/**
 * A person who ran a command sees what went wrong, with buttons; code that ran it gets the error, which has a
 * `code`. Cancelling is silent for a person.
 */
async function guarded(id: string, handler: CommandHandler, argument: unknown, log: Log): Promise<unknown> {
  try {
    return await handler(argument);
  } catch (thrown) {
    const error = toVtFeedsError(thrown);
    if (error.code !== 'cancelled') log.error(id, error);
    if (!id.startsWith('vtFeeds.internal.') && isFromCode(argument)) throw error;
    if (error.code !== 'cancelled') {
      show(error, id, argument).catch((failed: unknown) => {
        log.error(id, toVtFeedsError(failed));
      });
    }
    return undefined;
  }
}

/** Code passes a plain argument. A menu passes a node, a document's lens or link runs a command of our own, a person nothing. */
export function isFromCode(argument: unknown): boolean {
  if (argument === undefined || argument === null) return false;
  return typeof argument !== 'object' || !('node' in argument || argument instanceof vscode.Uri);
}

async function show(error: VtFeedsError, command: string, argument: unknown): Promise<void> {
  const actions = errorActions(error, { title: 'Try Again', command, argument });
  const text = sanitizeForUi(error.message, 600);
  const titles = actions.map(({ title }) => title);
  const isNews = error.code === 'missingBatch' || error.code === 'notAvailableYet';
  const chosen = isNews
    ? await vscode.window.showInformationMessage(text, ...titles)
    : await vscode.window.showErrorMessage(text, ...titles);
  const action = actions.find(({ title }) => title === chosen);
  if (action !== undefined) await vscode.commands.executeCommand(action.command, action.argument);
}
