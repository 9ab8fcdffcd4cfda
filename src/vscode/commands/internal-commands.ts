import * as vscode from 'vscode';
import { VtFeedsError } from '../../core/common/errors.ts';
import { fromDocumentUri } from '../documents/document-uri.ts';
import type { DocumentFiles } from '../documents/document-files.ts';
import { openDocument } from '../documents/open-document.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import type { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import type { InternalName } from './internal.ts';
import type { RecordCommands } from './record-commands.ts';

/** The commands behind our own lenses and links. */
export function internalCommands(
  files: DocumentFiles,
  batchCommands: BatchCommands,
  recordCommands: RecordCommands,
): CommandMap<InternalName> {
  return {
    showDocument: (argument) => openDocument(files, addressOf(argument)),
    fetchAgain: (argument) => batchCommands.fetch(addressOf(argument).batch),
    followLink: (argument) => {
      const { target, ...record } = argument as { readonly target?: unknown };
      return target === 'record'
        ? recordCommands.map['vtFeeds.openRecord'](record)
        : recordCommands.map['vtFeeds.openArtifact']({ ...record, kind: target });
    },
  };
}

function addressOf(argument: unknown): DocumentAddress {
  const address = typeof argument === 'string' ? fromDocumentUri(vscode.Uri.parse(argument)) : undefined;
  if (address === undefined)
    throw new VtFeedsError('invalidArgument', 'This is not the address of a VT Feeds document.');
  return address;
}
