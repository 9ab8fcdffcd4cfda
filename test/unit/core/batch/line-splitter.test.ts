import assert from 'node:assert/strict';
import { LineSplitter } from '../../../../src/core/batch/line-splitter.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';

function split(...chunks: readonly Buffer[]): string[] {
  const splitter = new LineSplitter();
  const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.finish()];
  return lines.map((line) => line.toString('latin1'));
}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('LineSplitter', () => {
  const texts: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
    ['lines', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['no final newline', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
    ['CRLF, kept with its line', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}\r', '{"b":2}\r']],
    ['blank lines', '\n\n{"a":1}\n\r\n \t \n{"b":2}\n\n', ['{"a":1}', '{"b":2}']],
    ['long blank lines', `${' '.repeat(40)}\n{"a":1}\n${'\t'.repeat(9)}\r`, ['{"a":1}']],
    ['a byte order mark, kept', '\ufeff{"a":1}\n', [latin1('\ufeff{"a":1}')]],
    ['line separators of Unicode', '{"a":"\u2028\u2029\u0085"}\n', [latin1('{"a":"\u2028\u2029\u0085"}')]],
    [
      'characters of two to four bytes',
      '{"é":"東京 👩‍💻"}\n{"ß":1}',
      [latin1('{"é":"東京 👩‍💻"}'), latin1('{"ß":1}')],
    ],
    ['other line ends', 'a\rb\u000bc\u000cd\n', ['a\rb\u000bc\u000cd']],
    ['NUL', 'a\u0000b\n', ['a\u0000b']],
    ['only newlines', '\n\n\n', []],
    ['nothing', '', []],
  ];
  for (const [what, text, expected] of texts) {
    it(`splits ${what} the same wherever the chunks are cut`, () => {
      const bytes = Buffer.from(text);
      assert.deepEqual(split(bytes), expected);
      assert.deepEqual(split(...Array.from(bytes, (byte) => Buffer.from([byte]))), expected);
      for (let one = 0; one <= bytes.length; one++) {
        for (let two = one; two <= bytes.length; two++) {
          const chunks = [bytes.subarray(0, one), bytes.subarray(one, two), bytes.subarray(two)];
          assert.deepEqual(split(...chunks), expected, `cut at ${String(one)} and ${String(two)}`);
        }
      }
    });
  }

  it('keeps bytes that are no UTF-8', () => {
    const bytes = Buffer.from([0xff, 0xc3, 0x0a, 0x28, 0xed, 0xa0, 0x80, 0x0a]);
    assert.deepEqual(split(bytes), ['\u00ff\u00c3', '(\u00ed\u00a0\u0080']);
  });

  it('refuses an endless line before it fills the memory, in one chunk or in many', () => {
    const tooLarge = (error: unknown): boolean =>
      hasCode(error, 'tooLarge') && String(error).includes('A line of this batch is longer than 10 bytes');
    assert.throws(() => new LineSplitter(10).push(Buffer.from('x'.repeat(11))), tooLarge);
    const splitter = new LineSplitter(10);
    for (let at = 0; at < 10; at++) assert.deepEqual(splitter.push(Buffer.from('x')), []);
    assert.throws(() => splitter.push(Buffer.from('x')), tooLarge);
  });

  it('hands on a line within one chunk as it lies there, and copies one that spans chunks once', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.from('abc\nde');
    const lines = [...splitter.push(chunk), ...splitter.push(Buffer.from('f\n'))];
    assert.deepEqual(lines.map(String), ['abc', 'def']);
    chunk.fill('x');
    assert.deepEqual(lines.map(String), ['xxx', 'def']);
  });

  it('counts each line anew', () => {
    const splitter = new LineSplitter(10);
    for (let at = 0; at < 5; at++) assert.equal(splitter.push(Buffer.from(`${'x'.repeat(10)}\n`)).length, 1);
    assert.deepEqual(splitter.finish(), []);
  });
});
