import assert from 'node:assert/strict';
import { apiKeyProblem, parseApiKey } from '../../../../src/core/api/api-key.ts';

const KEY = '0123456789abcdef'.repeat(4);

describe('parseApiKey', () => {
  for (const text of [KEY, ` ${KEY}\n`, `\t${KEY}\r\n`, KEY.toUpperCase(), `\u00a0${KEY}\ufeff`]) {
    it(`takes ${JSON.stringify(text)}`, () => {
      assert.equal(parseApiKey(text), KEY);
      assert.equal(apiKeyProblem(text), undefined);
    });
  }

  const refused: readonly (readonly [text: string, problem: RegExp])[] = [
    ['', /Paste the API key/u],
    [' \n', /Paste the API key/u],
    [KEY.slice(1), /this one has 63 characters/u],
    [`${KEY}0`, /this one has 65 characters/u],
    [`${KEY.slice(1)}g`, /only the digits/u],
    [`"${KEY}"`, /this one has 66 characters/u],
    [`${KEY.slice(0, 32)}\n${KEY.slice(33)}`, /only the digits/u],
    [`${KEY.slice(0, 32)}\u200b${KEY.slice(32)}`, /65 characters/u],
    [`${KEY.slice(0, 60)}\r\nx:y`, /characters/u],
    ['٠'.repeat(64), /only the digits/u],
    [`${KEY.slice(1)}İ`, /only the digits/u],
  ];
  for (const [text, problem] of refused) {
    it(`refuses ${JSON.stringify(text)}, and says why without repeating it`, () => {
      assert.equal(parseApiKey(text), undefined);
      const said = apiKeyProblem(text) ?? '';
      assert.match(said, problem);
      assert.ok(text.trim() === '' || !said.includes(text.trim()));
    });
  }
});
