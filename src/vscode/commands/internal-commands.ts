import * as vscode from 'vscode';
import { VtFeedsError } from '../../core/common/errors.ts';
import type { StoreKeeper } from '../batches/store-keeper.ts';
import { fromDocumentUri, toDocumentUri } from '../documents/document-uri.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import type { DocumentFiles } from '../documents/document-files.ts';
import { openDocument } from '../documents/open-document.ts';
import type { DocumentAddress } from '../../core/render/document-address.ts';
import type { BatchCommands } from './batch-commands.ts';
import type { CommandMap } from './command-ids.ts';
import type { InternalName } from './internal.ts';
import type { RecordCommands } from './record-commands.ts';

export interface InternalCommandParts {
  readonly keeper: StoreKeeper;
  readonly batchCommands: BatchCommands;
  readonly files: DocumentFiles;
  readonly recordCommands: RecordCommands;
  readonly source: FeedSource;
}

/** The commands behind our own lenses and links. */
export function internalCommands(parts: InternalCommandParts): CommandMap<InternalName> {
  const { keeper, batchCommands, files, recordCommands, source } = parts;
  return {
    showDocument: (argument) => openDocument(files, addressOf(argument)),
    fetchAgain: async (argument) => {
      const address = addressOf(argument);
      source.require(address.source);
      const { problem } = await files.load(toDocumentUri(address));
      if (problem === 'corrupt') await keeper.delete(address.batch);
      else await keeper.reload();
      await batchCommands.fetch(address.batch);
      files.refresh(address.batch);
    },
    followLink: async (argument) => {
      const {
        source: of,
        target,
        ...record
      } = (argument ?? {}) as { readonly source?: unknown; readonly target?: unknown };
      source.require(of === 'sample' ? 'sample' : 'virustotal');
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
