import { setImmediate as turn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { PlacedLink } from '../../core/reading/document-lines.ts';
import { internalId } from '../commands/internal.ts';
import type { DocumentFiles, ShownDocument } from '../documents/document-files.ts';
import { LinkTooltips } from './link-tooltips.ts';

/** Links made before others get their turn on the window's thread: about a millisecond (measured). */
const LINKS_AT_A_TIME = 250;

/**
 * In documents with more links than these a link's command is written out only when somebody points at it: VS Code takes
 * over all of them in one go, 10,000 with their commands in 20 ms, 25,000 in 50, or in 25 without (measured).
 */
const LINKS_WITH_COMMANDS = 10_000;

class RecordLink extends vscode.DocumentLink {
  constructor(
    readonly shown: ShownDocument,
    readonly place: PlacedLink,
  ) {
    super(new vscode.Range(place.line, place.start, place.line, place.end));
  }
}

/** Makes the artifacts of every `vtfeeds:` document links, and the records of a summary. */
export class RecordLinks implements vscode.DocumentLinkProvider<RecordLink> {
  constructor(private readonly files: DocumentFiles) {}

  async provideDocumentLinks(
    { uri }: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<RecordLink[]> {
    const shown = await this.files.load(uri);
    const { linkCount } = shown.lines;
    const tooltips = new LinkTooltips(Date.now());
    const links: RecordLink[] = [];
    for (let index = 0; index < linkCount; index++) {
      if (index % LINKS_AT_A_TIME === LINKS_AT_A_TIME - 1) await turn();
      if (token.isCancellationRequested) return [];
      const link = new RecordLink(shown, shown.lines.linkAt(index));
      link.tooltip = tooltips.of(link.place);
      links.push(linkCount > LINKS_WITH_COMMANDS ? link : this.resolveDocumentLink(link));
    }
    return links;
  }

  resolveDocumentLink(link: RecordLink): RecordLink {
    const { shown, place } = link;
    const record = shown.lines.recordAt(place.line);
    if (record === undefined) return link;
    const { batch, id } = record;
    const { source } = shown.address;
    const argument = { source, feed: batch.feed, time: batch.slot, id, target: place.target };
    const query = encodeURIComponent(JSON.stringify([argument]));
    link.target = vscode.Uri.from({ scheme: 'command', path: internalId('followLink'), query });
    return link;
  }
}
