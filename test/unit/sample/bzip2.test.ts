import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { codeLengths } from '../../../src/sample/bzip2/code-lengths.ts';
import { suffixArray } from '../../../src/sample/bzip2/suffix-array.ts';
import { compressBzip2 } from '../../../src/sample/bzip2/compress-bzip2.ts';
import { Random } from '../../../src/sample/records/random.ts';
import { decompress } from './decompress.ts';

const random = new Random('bzip2 test');
const noise = (length: number, alphabet = 256): Buffer =>
  Buffer.from(Array.from({ length }, () => random.int(0, alphabet - 1)));

const CASES: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from('a'),
  'two equal bytes': Buffer.from('aa'),
  'a word': Buffer.from('banana'),
  'a period of two': Buffer.from('ab'.repeat(40_000)),
  'a period of seven': Buffer.from('banana!'.repeat(20_000)),
  'runs of every length around the counts': Buffer.from(
    Array.from({ length: 530 }, (_, length) => `${'x'.repeat(length)}y`).join(''),
  ),
  'a run over more than a block': Buffer.alloc(1_200_000, 0xff),
  'every byte value': Buffer.from(Array.from({ length: 1024 }, (_, at) => at & 0xff)),
  noise: noise(150_000),
  'noise of two symbols': noise(150_000, 2),
  'text over more than a block': Buffer.from(
    Array.from({ length: 9000 }, (_, at) => `{"id":"${random.hex(16)}","n":${String(at)}}\n`).join(''),
  ),
  'a Fibonacci word': fibonacciWord(60_000),
};

describe('compressBzip2', () => {
  for (const [name, data] of Object.entries(CASES)) {
    it(`round-trips ${name}`, async () => {
      assert.deepEqual(await decompress(compressBzip2(data, 1)), data);
    });
  }

  it('writes bigger blocks at higher levels, and the same content', async () => {
    // What comes again after 60,000 bytes is found by a block that reaches that far.
    const data = Buffer.from(random.hex(60_000).repeat(5));
    const [small, big] = [compressBzip2(data, 1), compressBzip2(data)];
    assert.equal(small.toString('latin1', 0, 4), 'BZh1');
    assert.equal(big.toString('latin1', 0, 4), 'BZh9');
    assert.ok(big.length < small.length);
    assert.deepEqual(await decompress(big), data);
  });

  it('is decoded as one when streams are chained', async () => {
    const chain = Buffer.concat([compressBzip2(Buffer.from('first ')), compressBzip2(Buffer.from('second'))]);
    assert.equal((await decompress(chain)).toString(), 'first second');
  });

  it('refuses levels there are not', () => {
    for (const level of [0, 10, 1.5]) assert.throws(() => compressBzip2(Buffer.alloc(1), level), RangeError);
  });

  it('passes bzip2 -t', () => {
    for (const [name, data] of Object.entries(CASES)) {
      const { error, status, stderr } = spawnSync('bzip2', ['-t'], { input: compressBzip2(data, 2) });
      if (error !== undefined) {
        console.log('      bzip2 is not installed here: its own check was not made');
        return;
      }
      assert.equal(status, 0, `${name}: ${stderr.toString()}`);
    }
  });
});

describe('codeLengths', () => {
  it('stays within 17 bits where frequencies grow like Fibonacci numbers, and wastes none', () => {
    const counts = [1, 1];
    while (counts.length < 40) counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
    const lengths = [...codeLengths(Int32Array.from(counts))];
    assert.equal(Math.max(...lengths), 17);
    assert.equal(
      lengths.reduce((sum, length) => sum + 2 ** -length, 0),
      1,
    );
  });

  it('gives a code to symbols that never occur', () => {
    assert.ok(codeLengths(Int32Array.of(0, 0, 1000)).every((length) => length > 0));
  });
});

describe('suffixArray', () => {
  it('sorts as comparing the suffixes does', () => {
    for (let round = 0; round < 300; round++) {
      const text = noise(random.int(0, 40), random.int(1, 4));
      const suffixes = [...text.keys()].sort((a, b) => Buffer.compare(text.subarray(a), text.subarray(b)));
      assert.deepEqual([...suffixArray(Int32Array.from(text), 256)], suffixes);
    }
  });
});

function fibonacciWord(length: number): Buffer {
  let [word, next] = ['a', 'ab'];
  while (word.length < length) [word, next] = [next, next + word];
  return Buffer.from(word);
}
