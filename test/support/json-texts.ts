import type { Random } from '../../src/sample/records/random.ts';

const NUMBERS = [
  '0',
  '-0',
  '7',
  '-12',
  '1.50',
  '-0.0e-0',
  '1E5',
  '2e+3',
  '9007199254740993',
  '1e400',
  '123456789012345678901234567890.5',
] as const;
const STRINGS = [
  '""',
  '"a"',
  '"four"',
  '"\\u0061"',
  '"\\uD83D\\uDE00"',
  '"\\ud800 lone"',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  '"東京 👩‍💻 \u2028\u007f"',
  '"seven 7\\"then on and on"',
] as const;
/** Keys that tests want, also in disguise, and keys that they do not. */
const KEYS = [
  '"a"',
  '"b"',
  '"list"',
  '"\\u0061"',
  '"\\u006cist"',
  '"l\\u0069s\\u0074"',
  '"A"',
  '""',
  '"aa"',
  '"__proto__"',
  '"\\\\u0061"',
  '"é"',
] as const;
const BLANKS = ['', '', '', ' ', '\t', '\r\n', '   '] as const;

/** Texts that are JSON, each also valid as an item or a member's value. */
export const VALID_JSON: readonly string[] = [
  ...NUMBERS,
  ...STRINGS,
  'true',
  'false',
  'null',
  '[]',
  '{}',
  '[ ]',
  '{\t}',
  '[[],{},[{}]]',
  '{"a":{"b":[1,2]},"b":null}',
  '{"a":1,"a":{"b":2},"\\u0061":{"b":3}}',
  '{"a":{"b":1},"a":5}',
  '{"__proto__":{"a":1},"constructor":{"a":2}}',
];

/** Texts that are not JSON, nor can stand where a value is due. */
export const INVALID_JSON: readonly string[] = [
  ...['-', '+1', '01', '-01', '00', '1.', '.5', '1.e5', '1e', '1e+', '-e5', '1.5.5', '0x1', '1_0'],
  ...['NaN', 'Infinity', '-Infinity', 'undefined', 'tru', 'truE', 'trues', 'nul', 'nullx', 'False', 'falsy'],
  ...['"', '"a', '"\\', '"\\"', '"\\x"', '"\\u"', '"\\u12"', '"\\u123g"', '"\\u 123"', '"\\U0061"', "'a'"],
  ...['"\t"', '"\n"', '"\u0000"', '"abcdefg\u001f"', '"\\\n"', '"a""b"', '"a" "b"', '1 2', '"a":1'],
  ...['[', ']', '[1', '[1,', '[1,]', '[,1]', '[,]', '[1 2]', '[1:2]', '[1}', '[}', '[[]', '[]]', '["a"'],
  ...['{', '}', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{,"a":1}', '{"a" 1}', '{"a"}', '{"a",1}'],
  ...['{a:1}', '{1:2}', "{'a':1}", '{"a":1 "b":2}', '{"a":1;"b":2}', '{"a":1]', '{]', '{{}}', '{"a"::1}'],
  ...['{"a\n":1}', '{null:1}', '{[]:1}', '[1]//', '/**/1', '\ufeff1', '1\ufeff', '\u00a01', '[\u2028]'],
  ...['[1\u000b]', '[\u000c1]', '1\u0000', '{"a":1}{', '{"a":1}}', '{"a":[}]', '[{]}', '{"a":{"b":1,}}'],
];

/** JSON written at random: blanks, escapes, doubled keys and all; nested at most `depth` deep. */
export function randomJson(random: Random, depth: number): string {
  const blank = (): string => random.pick(BLANKS);
  const value = (): string => blank() + randomJson(random, depth - 1) + blank();
  const several = (one: () => string): string => Array.from({ length: random.int(0, 5) }, one).join(',');
  switch (depth <= 0 ? random.int(0, 2) : random.int(0, 5)) {
    case 0:
      return random.pick(NUMBERS);
    case 1:
      return random.pick(STRINGS);
    case 2:
      return random.pick(['true', 'false', 'null']);
    case 3:
      return `[${several(value) || blank()}]`;
    default:
      return `{${several(() => blank() + random.pick(KEYS) + blank() + ':' + value()) || blank()}}`;
  }
}

/** Bytes that hurt: grammar, controls, halves of characters. */
const STRAY = [...Buffer.from('"\\{}[]:,0-.eEtnu \n'), 0x00, 0x1f, 0x7f, 0x80, 0xc3, 0xe2, 0xed, 0xf0, 0xff];

/** The bytes with one of them changed, taken out, put in or flipped, or with their end cut off. */
export function damaged(bytes: Buffer, random: Random): Buffer {
  const at = random.int(0, bytes.length - 1);
  const stray = STRAY[random.int(0, STRAY.length - 1)] ?? 0;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
  switch (random.int(0, 4)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, Buffer.from([stray]), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([before, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.int(0, 7))]), after]);
    default:
      return Buffer.concat([before, Buffer.from([stray]), after]);
  }
}
