import assert from 'node:assert/strict';
import { jsonParts, showJson } from '../../../../src/core/render/json-text.ts';
import { prettyJson } from '../../../../src/core/render/pretty-json.ts';
import { HOSTILE_OBJECTS, ORDINARY } from '../../../support/records.ts';
import { assertHarmless } from '../../../support/shown-text.ts';

describe('showJson', () => {
  const texts = [
    'http://evil.example',
    'a:\\//b',
    'a:\\\\//b',
    'a:///b',
    'a:////b',
    '://',
    'file:///c:/x',
    'https:\\/\\/x',
    '"://"',
    '//',
    ':/',
    '/',
    ':',
    '\\',
    '\\\\://',
    '\t://\n',
    '\u2028://\u202e',
    '\ud800://',
    '𝒳://',
  ];
  for (const text of texts) {
    it(`hides every address of ${JSON.stringify(text)} and keeps its value`, () => {
      for (const json of [JSON.stringify(text), JSON.stringify({ [text]: [text, { [text]: text }] })]) {
        const shown = showJson(json);
        assert.equal(JSON.stringify(JSON.parse(shown)), json);
        assertHarmless(shown);
      }
    });
  }

  it('takes an address that is already escaped in any way', () => {
    for (const json of [
      '"http:\\/\\/x"',
      '"http:\\u002f\\u002fx"',
      '"http\\u003a//x"',
      '"http:\\//x"',
      '"http:/\\/x"',
    ]) {
      assert.equal(JSON.parse(showJson(json)), 'http://x');
      assertHarmless(showJson(json));
    }
  });
});

describe('jsonParts', () => {
  const cases: readonly (readonly [
    json: string,
    parts: readonly (readonly [key: string, value: string])[] | undefined,
  ])[] = [
    ['{}', []],
    ['[]', []],
    [' [ ] ', []],
    ['{"a":1}', [['"a"', '1']]],
    [
      '[1,"x",null]',
      [
        ['', '1'],
        ['', '"x"'],
        ['', 'null'],
      ],
    ],
    [
      '{"a":{"b":[1,2]},"c":[{"d":1},[]]}',
      [
        ['"a"', '{"b":[1,2]}'],
        ['"c"', '[{"d":1},[]]'],
      ],
    ],
    [
      '{"a,b:{":"}]\\",","c":"\\\\"}',
      [
        ['"a,b:{"', '"}]\\","'],
        ['"c"', '"\\\\"'],
      ],
    ],
    ['{"":1}', [['""', '1']]],
    [
      '{ "a" : 1 , "b" : [ 1 , 2 ] }',
      [
        ['"a"', '1'],
        ['"b"', '[ 1 , 2 ]'],
      ],
    ],
    ['["a:b"]', [['', '"a:b"']]],
    ['5', undefined],
    ['"{}"', undefined],
    ['', undefined],
  ];
  for (const [json, parts] of cases) {
    it(`takes ${JSON.stringify(json)} apart`, () => {
      assert.deepEqual(
        jsonParts(json)?.map(({ key, value }) => [key, value]),
        parts,
      );
    });
  }
});

describe('prettyJson', () => {
  it('writes containers over several lines, empty ones on one', () => {
    assert.equal(
      prettyJson('{"a":[1,{"b":{}}],"c":[]}'),
      '{\n  "a": [\n    1,\n    {\n      "b": {}\n    }\n  ],\n  "c": []\n}',
    );
    assert.equal(prettyJson(' "x" '), '"x"');
  });

  it('means the same as what it was made of', () => {
    for (const line of [
      ...HOSTILE_OBJECTS,
      ...Object.values(ORDINARY).map((record) => JSON.stringify(record)),
    ])
      assert.deepEqual(JSON.parse(prettyJson(showJson(line))), JSON.parse(line));
  });

  it('keeps what is nested beyond reading on one line, however deep', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const shown = prettyJson(deep);
    assert.equal(shown.replace(/\s/gu, ''), deep);
    assert.ok(shown.split('\n').length < 200);
  });
});
