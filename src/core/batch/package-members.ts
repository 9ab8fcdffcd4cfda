import { pipeline } from 'node:stream';
import { extract } from 'tar-stream';
import { VtFeedsError, isAbort } from '../common/errors.ts';
import { hourOf, parseSlot } from '../feed/slot.ts';
import type { Hour, Minute } from '../feed/slot.ts';
import { isBzip2 } from './bzip2/bzip2-errors.ts';
import type { Unpacker } from './bzip2/unpacker.ts';
import { TarEnd } from './tar-end.ts';

const MINUTES_PER_HOUR = 60;

/** One minute inside an hourly package. Its `plain` bytes are read to the end before the next is asked for. */
export interface PackageMember {
  readonly minute: Minute;
  readonly plain: AsyncIterable<Buffer>;
}

/**
 * The minutes of an hourly package, as they come by. Takes only regular files whose name holds a minute of
 * `hour`; whatever else a tar can hold is passed over, and no path is ever made from a name. Members may be
 * plain text or bzip2 themselves (not documented; both are read). Of a minute that comes twice the first counts.
 */
export async function* packageMembers(
  tar: AsyncIterable<Buffer>,
  hour: Hour,
  unpacker: Unpacker,
): AsyncGenerator<PackageMember> {
  const entries = extract();
  const end = new TarEnd();
  pipeline(end.watching(tar), entries, () => undefined);
  const seen = new Set<Minute>();
  try {
    for await (const entry of entries) {
      const minute = minuteOfName(entry.header.name, hour);
      if (entry.header.type !== 'file' || minute === undefined || seen.has(minute)) {
        entry.resume();
        continue;
      }
      seen.add(minute);
      yield { minute, plain: plainBytes(entry as AsyncIterable<Buffer>, unpacker) };
    }
  } catch (error) {
    throw error instanceof VtFeedsError || isAbort(error) ? error : damagedPackage(error);
  }
  const isCut = !end.isReached && seen.size < MINUTES_PER_HOUR;
  if (seen.size === 0 || isCut) throw damagedPackage(undefined);
}

/** The minute named anywhere in a member's name: `202611221003.bz2`, `feeds/2026-11-22T10:03` … */
export function minuteOfName(name: string, hour: Hour): Minute | undefined {
  const base = name.split(/[\\/]/u).at(-1) ?? '';
  const [, ...parts] = /(?<!\d)(\d{4})\D?(\d{2})\D?(\d{2})\D?(\d{2})\D?(\d{2})(?!\d)/u.exec(base) ?? [];
  const minute = parseSlot(parts.join(''));
  return minute?.length === 12 && hourOf(minute) === hour ? (minute as Minute) : undefined;
}

async function* plainBytes(member: AsyncIterable<Buffer>, unpacker: Unpacker): AsyncGenerator<Buffer> {
  const chunks = member[Symbol.asyncIterator]();
  try {
    const head = await readHead(chunks);
    const all = withFirst(head, chunks);
    yield* isBzip2(head) ? unpacker.unpack(all) : all;
  } catch (error) {
    throw error instanceof VtFeedsError || isAbort(error) ? error : damagedPackage(error);
  }
}

/** As many chunks as it takes to tell bzip2 from text; a chunk may be a single byte. */
async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 4) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function damagedPackage(cause: unknown): VtFeedsError {
  return new VtFeedsError(
    'corrupt',
    'The hourly package is damaged, cut short, or holds no minute of its hour. Minutes that came whole are kept; try again for the rest.',
    {},
    { cause },
  );
}
