import type { Random } from '../../../src/sample/records/random.ts';

type Mutation = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const flip: Mutation = (bytes, random) => {
  const flipped = Buffer.from(bytes);
  for (let times = random.int(1, 4); times > 0; times--) {
    const at = placeIn(bytes, random);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.int(0, 7));
  }
  return flipped;
};

const overwrite: Mutation = (bytes, random) => {
  const written = Buffer.from(bytes);
  const from = placeIn(bytes, random);
  written.subarray(from, from + random.int(1, 9)).fill(random.pick([0, 255, random.int(0, 255)]));
  return written;
};

const cut: Mutation = (bytes, random) => bytes.subarray(0, placeIn(bytes, random));

const remove: Mutation = (bytes, random) => {
  const from = placeIn(bytes, random);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.int(1, 20))]);
};

const repeat: Mutation = (bytes, random) => {
  const from = placeIn(bytes, random);
  const to = random.int(from, bytes.length);
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to)]);
};

const splice: Mutation = (bytes, random, others) => {
  const other = others[random.int(0, others.length - 1)] ?? bytes;
  return Buffer.concat([bytes.subarray(0, placeIn(bytes, random)), other.subarray(placeIn(other, random))]);
};

const append: Mutation = (bytes, random, others) =>
  Buffer.concat([bytes, others[random.int(0, others.length - 1)] ?? bytes]);

/** Headers are hit as often as all the rest. */
function placeIn({ length }: Buffer, random: Random): number {
  return random.int(0, Math.max(0, random.chance(0.5) ? Math.min(length, 80) - 1 : length - 1));
}

/** One of `files` with one to three things done to it that a network or an attacker may do. */
export function mutated(files: readonly Buffer[], random: Random): Buffer {
  let bytes = files[random.int(0, files.length - 1)] ?? Buffer.alloc(0);
  for (let times = random.int(1, 3); times > 0; times--)
    bytes = random.pick([flip, flip, overwrite, cut, remove, repeat, splice, append])(bytes, random, files);
  return bytes;
}
