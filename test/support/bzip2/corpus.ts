import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { compressBzip2 } from '../../../src/sample/bzip2/compress-bzip2.ts';
import { Random } from '../../../src/sample/records/random.ts';
import { HOSTILE_OBJECTS, NOT_RECORDS, behaviourRecord, fileRecord } from '../records.ts';

/** Real objects of VirusTotal's API; they are no part of the repository. */
const REAL = new URL('../../../../shared/data/real/', import.meta.url);

export interface CorpusFile {
  readonly name: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

/** Bytes without any order, the same for the same parts. */
export function noise(length: number, ...parts: readonly (string | number)[]): Buffer {
  const random = new Random('noise', ...parts);
  const words = Uint32Array.from({ length: Math.ceil(length / 4) }, () => random.uint32());
  return Buffer.from(words.buffer, 0, length);
}

/** Every pair of the first `values` byte values once, in a ring; without those of equal ones for the last `less`. */
export function everyPair(values: number, less = 0): Buffer {
  const text: number[] = [];
  for (let one = 0; one < values; one++) {
    if (one < values - less) text.push(one);
    for (let other = one + 1; other < values; other++) text.push(one, other);
  }
  return Buffer.from(text);
}

function jsonText(records: number): Buffer {
  const random = new Random('records', records);
  const lines = Array.from({ length: records }, (_, at) => {
    const made = at % 2 === 0 ? fileRecord : behaviourRecord;
    return JSON.stringify(
      made({ names: [random.hex(20), random.hex(8)], size: random.int(1, 1e9) }, random.hex(64)),
    );
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}

function runsOf(lengths: readonly number[]): Buffer {
  return Buffer.concat(lengths.map((length, at) => Buffer.alloc(length, 97 + (at % 26))));
}

const ODD_RUNS = [1, 2, 3, 4, 5, 6, 254, 255, 256, 258, 259, 260, 511, 515, 1000];

const TEXTS: readonly (readonly [name: string, plain: Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('a')],
  ['two bytes', Buffer.from('ab')],
  ['two equal bytes', Buffer.from('aa')],
  ['three bytes', Buffer.from('aba')],
  ['four equal bytes', Buffer.from('aaaa')],
  ['the highest byte, often', Buffer.alloc(259, 255)],
  ['a line', Buffer.from('{"id":"a","type":"file"}\n')],
  ['records', jsonText(40)],
  ['records of several blocks', jsonText(200)],
  ['hostile lines', Buffer.from([...HOSTILE_OBJECTS, ...NOT_RECORDS].join('\n'))],
  ['noise', noise(20_001)],
  ['noise of more than a block', noise(100_001)],
  ['one byte repeated', Buffer.alloc(200_000, 'a')],
  ['one byte repeated, in several blocks', Buffer.alloc(6_000_000)],
  ['a run of each length', runsOf(ODD_RUNS)],
  ['runs of runs', runsOf([...ODD_RUNS, ...ODD_RUNS.reverse(), ...Array<number>(900).fill(4)])],
  ['text of runs alone', runsOf(Array<number>(3000).fill(259))],
  ['all byte values', Buffer.from(Uint8Array.from({ length: 1024 }, (_, at) => at * 5))],
  ['two values in turn', Buffer.alloc(9999, 'ab')],
  ['every pair of bytes', everyPair(256)],
  ['as many pairs as have codes', everyPair(64, 1)],
  ['one pair more', everyPair(64)],
  ['two pairs more', Buffer.concat([everyPair(64), Buffer.of(64)])],
  ['frequent pairs and rare ones', Buffer.concat([everyPair(256), everyPair(64), everyPair(60)])],
];

/** Texts of every kind that may be hard on a decoder, packed by our own encoder at level 1. */
export const CORPUS: readonly CorpusFile[] = TEXTS.map(([name, plain]) => ({
  name,
  plain,
  packed: compressBzip2(plain, 1),
}));

/** The real records by feed, where they are beside this repository. */
export function realTexts(): readonly (readonly [name: string, plain: Buffer])[] {
  if (!existsSync(REAL)) return [];
  const names = readdirSync(REAL).filter((name) => name.endsWith('.jsonl'));
  return names.map((name) => [name, readFileSync(new URL(name, REAL))]);
}
