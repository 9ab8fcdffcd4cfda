import type { BatchId } from '../feed/batch-id.ts';
import { ARTIFACT_KINDS } from '../feed/artifact.ts';
import type { ArtifactKind } from '../feed/artifact.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { Minute } from '../feed/slot.ts';
import { expiry } from './document-links.ts';
import type { DocumentLink } from './document-links.ts';
import { showJson } from './json-text.ts';

/** Longest summary line, in columns; with long names the last fields are left out. */
export const SUMMARY_COLUMNS = 400;

export interface SummaryLine {
  readonly text: string;
  readonly links: readonly DocumentLink[];
}

/** One readable line for a record: valid JSON of its own facts, its artifacts last and linked. */
export function summaryLine(facts: RecordFacts, line: number, batch: BatchId<Minute>): SummaryLine {
  const artifacts = ARTIFACT_KINDS.filter((kind) => facts.artifacts.includes(kind));
  const last = artifacts.length === 0 ? '' : `"artifacts":${JSON.stringify(artifacts)}`;
  const fields: string[] = [];
  let length = last.length + '{,}'.length;
  for (const [name, value] of Object.entries(facts.summary)) {
    const field = `${JSON.stringify(name)}:${showJson(JSON.stringify(value))}`;
    if (length + field.length + 1 > SUMMARY_COLUMNS) continue;
    length += field.length + 1;
    fields.push(field);
  }
  const text = `{${[...fields, last].filter((part) => part !== '').join(',')}}`;
  return {
    text,
    links: [...recordLink(text, facts, line, batch), ...artifactLinks(text, artifacts, facts, line, batch)],
  };
}

/** The first key opens the record; values never are links: they may be live indicators. */
function recordLink(text: string, facts: RecordFacts, line: number, batch: BatchId<Minute>): DocumentLink[] {
  const end = text.indexOf('"', 2);
  return facts.id === '' || end < 0 ? [] : [{ line, start: 2, end, target: 'record', batch, id: facts.id }];
}

function artifactLinks(
  text: string,
  artifacts: readonly ArtifactKind[],
  { id, linksExpireAt }: RecordFacts,
  line: number,
  batch: BatchId<Minute>,
): DocumentLink[] {
  let start = text.length - JSON.stringify(artifacts).length + '["'.length - '}'.length;
  return artifacts.map((kind) => {
    const end = start + kind.length;
    const link: DocumentLink = { line, start, end, target: kind, batch, id, ...expiry(linksExpireAt) };
    start = end + '","'.length;
    return link;
  });
}
