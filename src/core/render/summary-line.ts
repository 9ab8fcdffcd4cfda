import type { BatchId } from '../feed/batch-id.ts';
import { ARTIFACT_KINDS } from '../feed/artifact.ts';
import type { ArtifactKind } from '../feed/artifact.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import type { Summary } from '../feed/record-summary.ts';
import type { Minute } from '../feed/slot.ts';
import { expiry, recordLink } from './document-links.ts';
import type { DocumentLink } from './document-links.ts';
import { showJson } from './json-text.ts';

/** Longest summary line, in columns; with long names the last fields are left out. */
export const SUMMARY_COLUMNS = 400;

export interface SummaryLine {
  readonly text: string;
  readonly links: readonly DocumentLink[];
}

/** Shown however long the other fields are: without its id a line names nothing. */
const LAST_FIELDS = ['id'];
/** A longer one, all escapes, has to find its room like any other field. */
const LAST_FIELD_COLUMNS = 320;
/** Behind these the artifacts stand, where they can be seen without scrolling. */
const HEAD_FIELDS = ['detections', 'gti', 'sandbox', 'type', 'verdicts', 'name', 'threat'];

/** One readable line for a record: valid JSON of its own facts, its artifacts linked. */
export function summaryLine(facts: RecordFacts, line: number, batch: BatchId<Minute>): SummaryLine {
  const artifacts = ARTIFACT_KINDS.filter((kind) => facts.artifacts.includes(kind));
  const all = Object.entries(facts.summary).map(([name, value]) => ({ name, text: field(name, value) }));
  if (artifacts.length > 0) {
    const at = all.findLastIndex(({ name }) => HEAD_FIELDS.includes(name)) + 1;
    all.splice(at, 0, { name: 'artifacts', text: field('artifacts', artifacts) });
  }
  const shown = fitting(all);
  const text = `{${shown.join(',')}}`;
  return {
    text,
    links: [
      ...recordLink(text, line, batch, facts.id),
      ...artifactLinks(text, artifacts, facts, line, batch),
    ],
  };
}

function field(name: string, value: Summary[string]): string {
  return `${JSON.stringify(name)}:${showJson(JSON.stringify(value))}`;
}

/** The fields for which there is room, in their order. */
function fitting(fields: readonly { readonly name: string; readonly text: string }[]): string[] {
  const isKept = (name: string, text: string): boolean =>
    name === 'artifacts' || (LAST_FIELDS.includes(name) && text.length <= LAST_FIELD_COLUMNS);
  let room = SUMMARY_COLUMNS - '{}'.length;
  for (const { name, text } of fields) if (isKept(name, text)) room -= text.length + 1;
  return fields.flatMap(({ name, text }) => {
    if (isKept(name, text)) return [text];
    if (text.length + 1 > room) return [];
    room -= text.length + 1;
    return [text];
  });
}

function artifactLinks(
  text: string,
  artifacts: readonly ArtifactKind[],
  { id, linksExpireAt }: RecordFacts,
  line: number,
  batch: BatchId<Minute>,
): DocumentLink[] {
  let start = text.indexOf('"artifacts":["') + '"artifacts":["'.length;
  return artifacts.map((kind) => {
    const end = start + kind.length;
    const link: DocumentLink = { line, start, end, target: kind, batch, id, ...expiry(linksExpireAt) };
    start = end + '","'.length;
    return link;
  });
}
