import { hostName, ipv4 } from '../records/hosts.ts';
import type { Random } from '../records/random.ts';
import { randomAt } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { sha256 } from '../records/relationships.ts';
import type { StoredObject } from '../storage/stored-object.ts';

const PAGE = 4096;
const PAGES = 2048;
const PAGES_PER_PIECE = 16;

/** Eight megabytes that look like memory: empty pages, noise, and text that a search can find. Made piece by piece. */
export function memoryDump(place: RecordPlace): StoredObject {
  return {
    contentType: 'application/octet-stream',
    etag: sha256(`${String(place.seed)}/${place.minute}/${String(place.index)}/memdump`),
    length: PAGE * PAGES,
    bytes: () => pieces(place),
  };
}

function* pieces(place: RecordPlace): Generator<Buffer, void, undefined> {
  const random = randomAt(place, 'memdump');
  for (let page = 0; page < PAGES; page += PAGES_PER_PIECE) {
    const piece = Buffer.alloc(PAGE * PAGES_PER_PIECE);
    for (let at = 0; at < piece.length; at += PAGE) fillPage(random, piece.subarray(at, at + PAGE));
    yield piece;
  }
}

function fillPage(random: Random, page: Buffer): void {
  const dice = random.int(1, 3);
  if (dice === 1) return;
  if (dice === 2) {
    for (let at = 0; at < page.length; at += 4) page.writeUInt32LE(random.uint32(), at);
    return;
  }
  const strings = [
    `http://${hostName(random)}/sample/check-in`,
    `C:\\Users\\user\\AppData\\Local\\Temp\\${random.hex(8)}.exe`,
    `sample-mutex-${random.hex(16)}`,
    ipv4(random),
  ];
  strings.forEach((text, at) => page.write(`${text}\0`, at * 512, at % 2 === 0 ? 'utf16le' : 'latin1'));
}
