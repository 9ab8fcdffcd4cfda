import { VtFeedsError } from '../common/errors.ts';
import type { Feed } from '../feed/feed.ts';
import { factsOf, isRecord } from '../feed/record-facts.ts';
import type { RecordFacts } from '../feed/record-facts.ts';
import { LineSplitter } from './line-splitter.ts';

/** Takes the records of one batch, in order; the store implements it. */
export interface RecordSink {
  /** Where it gives a promise, the next record waits for it. */
  append(line: Buffer, facts: RecordFacts): Promise<void> | undefined;
}

interface LiftedRecord {
  readonly line: Buffer;
  readonly facts: RecordFacts;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Splits plain bytes into records, lifts their facts and hands both to `sink`. Returns how many there were. A line
 * that is no record is handed on as well, with facts that say so; only at the very end, without a newline, it is
 * taken for a record cut off, and refused (`corrupt`).
 */
export async function ingest(feed: Feed, plain: AsyncIterable<Buffer>, sink: RecordSink): Promise<number> {
  const splitter = new LineSplitter();
  let records = 0;
  const lift = (raw: Buffer): LiftedRecord => {
    const line = records++ === 0 ? withoutMark(raw) : raw;
    return { line, facts: factsOf(feed, line) };
  };
  for await (const chunk of plain) {
    for (const raw of splitter.push(chunk)) {
      const { line, facts } = lift(raw);
      const taken = sink.append(line, facts);
      // Without a promise nothing is awaited: for every record that would cost a turn of the queue.
      if (taken !== undefined) await taken;
    }
  }
  for (const raw of splitter.finish()) {
    const { line, facts } = lift(raw);
    if (!isRecord(facts)) throw cutOff();
    await sink.append(line, facts);
  }
  return records;
}

function withoutMark(line: Buffer): Buffer {
  return line.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
    ? line.subarray(BYTE_ORDER_MARK.length)
    : line;
}

function cutOff(): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'The last record of the download is cut off. Nothing was stored; try again.',
  );
}
