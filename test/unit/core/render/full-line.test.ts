import assert from 'node:assert/strict';
import { linksInLine } from '../../../../src/core/render/document-links.ts';
import { fullLine } from '../../../../src/core/render/full-line.ts';
import { prettyJson } from '../../../../src/core/render/pretty-json.ts';
import {
  HOSTILE_OBJECTS,
  LINKS_END,
  NOT_RECORDS,
  ORDINARY,
  SHA256,
  behaviourRecord,
  fileRecord,
  minute,
} from '../../../support/records.ts';
import { assertHarmless } from '../../../support/shown-text.ts';

const BATCH = { feed: 'file_behaviours', slot: minute('202611221003') } as const;
const OBJECTS = [...HOSTILE_OBJECTS, ...Object.values(ORDINARY).map((record) => JSON.stringify(record))];

/** Digits as they are written, wherever in a text they stand outside of strings. */
function numbersOf(json: string): string[] {
  return [...json.replace(/"(?:[^"\\]|\\.)*"/gu, '""').matchAll(/-?\d[\d.eE+-]*/gu)]
    .map(([number]) => number)
    .sort();
}

describe('fullLine', () => {
  it('is one harmless line of JSON that means what the record means', () => {
    assert.ok(OBJECTS.length > 20);
    for (const line of OBJECTS) {
      const shown = fullLine(line);
      assert.deepEqual(JSON.parse(shown), JSON.parse(line), line);
      assert.deepEqual(numbersOf(shown), numbersOf(line));
      assert.ok(!shown.includes('\n'));
      assertHarmless(shown);
    }
  });

  it('shows what is no record as JSON that holds it', () => {
    for (const line of NOT_RECORDS) {
      const shown = fullLine(line);
      const expected: unknown = (() => {
        try {
          return JSON.parse(line) as unknown;
        } catch {
          return { problem: 'this line is not JSON', line };
        }
      })();
      assert.deepEqual(JSON.parse(shown), expected);
      assertHarmless(shown);
    }
  });

  const kept: readonly (readonly [what: string, line: string, text: string])[] = [
    ['digits beyond what a number holds', '{"id":"a","n":9007199254740993}', '9007199254740993'],
    ['numbers beyond all numbers', '{"id":"a","n":1e400}', '1e400'],
    ['the sign of zero', '{"id":"a","n":-0}', '-0'],
    ['zeros at the end', '{"id":"a","n":1.10}', '1.10'],
    ['keys that come twice', '{"id":"a","n":1,"n":2}', '"n":1,"n":2'],
    ['a key called __proto__', '{"id":"a","__proto__":{"x":1}}', '"__proto__":{"x":1}'],
    ['escapes', '{"id":"\\u0061\\/"}', '"\\u0061\\/"'],
    ['an empty key', '{"id":"a","":{"":""}}', '"":{"":""}'],
    ['keys that are numbers, in their order', '{"id":"a","10":1,"9":2}', '"10":1,"9":2'],
    ['the documented misspelling', '{"id":"a","relationshiops":{}}', '"relationshiops":{}'],
  ];
  for (const [what, line, text] of kept) {
    it(`keeps ${what} as written`, () => {
      assert.ok(fullLine(line).includes(text), fullLine(line));
    });
  }

  it('puts the telling keys first, and keeps the order of the rest', () => {
    const line =
      '{"links":{},"zz":1,"attributes":{"zz":1,"size":5,"meaningful_name":"m","aa":2},"type":"file","aa":2,"context_attributes":{},"id":"a"}';
    assert.equal(
      fullLine(line),
      '{"id":"a","type":"file","context_attributes":{},"attributes":{"meaningful_name":"m","size":5,"zz":1,"aa":2},"links":{},"zz":1,"aa":2}',
    );
  });

  it('takes blanks between values, tabs and line ends among them', () => {
    const line = '\t{ "b" : [ 1 ,\t{ "c" : "\\t" }\r] , "attributes" : { "x" :\t1 } } \r';
    assert.deepEqual(JSON.parse(fullLine(line)), JSON.parse(line));
    assertHarmless(fullLine(line));
  });

  it('does not stumble over a record nested a million deep', () => {
    const line = `{"deep":${'[{"a":'.repeat(500_000)}1${'}]'.repeat(500_000)},"id":"a"}`;
    assert.ok(fullLine(line).startsWith('{"id":"a","deep":[{"a":['));
  });

  it('shows the artifact links where they can be seen, however large the record', () => {
    const big = behaviourRecord({
      files_opened: Array.from({ length: 50_000 }, (_, at) => `C:\\f${String(at)}`),
    });
    const shown = fullLine(JSON.stringify(big));
    const links = linksInLine(shown, 3, BATCH, 'id');
    assert.deepEqual(links.map(({ target }) => target).sort(), ['evtx', 'html', 'memdump', 'pcap']);
    for (const { start, end, line, expiresAt, target } of links) {
      assert.ok(end < 10_000);
      assert.equal(line, 3);
      assert.equal(expiresAt, LINKS_END);
      const word = shown.slice(start, end);
      assert.match(
        word,
        /^https:\\\/\\\/www\.virustotal\.com\/api\/v3\/feeds\/file-behaviours\/[\w-]+\/\w+$/u,
      );
      assert.ok(word.endsWith(`/${target}`));
      assert.equal(shown[start - 1], '"');
      assert.equal(shown[end], '"');
    }
  });
});

describe('linksInLine', () => {
  const link = (key: string): string => {
    const context = fileRecord().context_attributes as Readonly<Record<string, string>>;
    return JSON.stringify({ [key]: context.download_url });
  };

  it('finds a sample link', () => {
    const [found] = linksInLine(link('download_url'), 0, { ...BATCH, feed: 'files' }, SHA256);
    assert.equal(found?.target, 'sample');
  });

  it('finds links in indented JSON as well', () => {
    const lines = prettyJson(fullLine(JSON.stringify(behaviourRecord()))).split('\n');
    const links = lines.flatMap((text, at) => linksInLine(text, at, BATCH, 'x'));
    assert.equal(links.length, 4);
    for (const { line, start, end, target } of links)
      assert.ok(lines[line]?.slice(start, end).endsWith(`/${target}`));
  });

  const none: readonly (readonly [what: string, text: string])[] = [
    ['under another key', link('url')],
    ['under the key of another artifact', link('pcap')],
    ['within a text', JSON.stringify({ name: link('download_url') })],
    ['beyond the drawn columns', `${' '.repeat(10_000)}${link('download_url')}`],
    ['that the drawn columns cut', `${' '.repeat(9_900)}${link('download_url')}`],
    ['that is none', '{"pcap":"https://evil.example/pcap"}'],
    ['that is no text', '{"pcap":5,"evtx":null,"html_report":["x"]}'],
    ['without an end', '{"pcap":"https:'],
  ];
  for (const [what, text] of none) {
    it(`finds no link ${what}`, () => {
      assert.deepEqual(linksInLine(text, 0, BATCH, 'x'), []);
    });
  }

  it('is quick with a hostile line', () => {
    const started = performance.now();
    linksInLine(`"pcap":"${'\\'.repeat(9_000)}`.repeat(100), 0, BATCH, 'x');
    linksInLine('"pcap":"'.repeat(100_000), 0, BATCH, 'x');
    assert.ok(performance.now() - started < 200);
  });
});
