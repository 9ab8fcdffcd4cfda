import { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import { factsOf } from '../feed/record-facts.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import { LineSplitter } from './line-splitter.ts';

/** Takes the records of one batch, in order; the store implements it. */
export interface RecordSink {
  append(line: Buffer, facts: RecordFacts): Promise<void>;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const CLOSING_BRACE = 0x7d;

/** Splits plain bytes into records, lifts their facts and hands both to `sink`. Returns how many there were. */
export async function ingest(feed: Feed, plain: AsyncIterable<Buffer>, sink: RecordSink): Promise<number> {
  const splitter = new LineSplitter();
  let records = 0;
  let last: Buffer | undefined;
  const take = async (lines: readonly Buffer[]): Promise<void> => {
    for (const raw of lines) {
      const line = records === 0 ? withoutMark(raw) : raw;
      await sink.append(line, factsOf(feed, line.toString('utf8')));
      records++;
      last = line;
    }
  };
  for await (const chunk of plain) await take(splitter.push(chunk));
  const unfinished = splitter.finish();
  await take(unfinished);
  if (unfinished.length > 0 && last !== undefined && !endsLikeRecord(last)) {
    throw new VtFeedsError(
      'corrupt',
      'The last record of the download is cut off. Nothing was stored; try again.',
    );
  }
  return records;
}

function withoutMark(line: Buffer): Buffer {
  return line.subarray(0, 3).equals(BYTE_ORDER_MARK) ? line.subarray(3) : line;
}

function endsLikeRecord(line: Buffer): boolean {
  let end = line.length - 1;
  while (end > 0 && (line[end] ?? 0) <= 0x20) end--;
  return line[end] === CLOSING_BRACE;
}
