import * as vscode from 'vscode';
import { artifactInfo } from '../../core/feed/artifact.ts';
import { momentText } from '../../core/feed/slot-text.ts';
import type { Source } from '../../core/render/document-address.ts';
import type { DocumentLink } from '../../core/render/document-links.ts';
import { internalId } from '../commands/internal.ts';
import type { DocumentFiles } from '../documents/document-files.ts';

/** Makes the artifacts of every `vtfeeds:` document links, and the records of a summary. */
export class RecordLinks implements vscode.DocumentLinkProvider {
  constructor(private readonly files: DocumentFiles) {}

  async provideDocumentLinks({ uri }: vscode.TextDocument): Promise<vscode.DocumentLink[]> {
    const { links, address } = await this.files.load(uri);
    return links.map((link) => toLink(link, address.source));
  }
}

function toLink(link: DocumentLink, source: Source): vscode.DocumentLink {
  const range = new vscode.Range(link.line, link.start, link.line, link.end);
  const argument = { source, feed: link.batch.feed, time: link.batch.slot, id: link.id, target: link.target };
  const query = encodeURIComponent(JSON.stringify([argument]));
  const made = new vscode.DocumentLink(
    range,
    vscode.Uri.parse(`command:${internalId('followLink')}?${query}`),
  );
  made.tooltip = tooltipOf(link, Date.now());
  return made;
}

function tooltipOf({ target, expiresAt }: DocumentLink, now: number): string {
  if (target === 'record') return 'Open this record';
  const { title, description } = artifactInfo(target);
  if (expiresAt === undefined) return `${title}: ${description}`;
  const end = momentText(expiresAt, now);
  return `${title}: ${description}. ${expiresAt <= now ? `The link ended ${end}` : `The link ends ${end}`}`;
}
