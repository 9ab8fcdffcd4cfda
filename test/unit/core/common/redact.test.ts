import assert from 'node:assert/strict';
import { Redactor } from '../../../../src/core/common/redact.ts';
import { SHA256, artifactUrl, tokenOf } from '../../../support/records.ts';

const KEY = 'c0ffee11'.repeat(8);

describe('Redactor', () => {
  const redactor = new Redactor();
  redactor.add(KEY);
  redactor.add('p4ssw0rd!(');
  redactor.add('short');
  const token = tokenOf(SHA256);

  const cases: readonly (readonly [what: string, text: string, safe: string])[] = [
    ['the key, each time', `${KEY} and x-apikey: ${KEY}.`, '<key> and x-apikey: <key>.'],
    ['a secret with characters of a pattern', 'pw=p4ssw0rd!(;', 'pw=<key>;'],
    ['nothing shorter than 8', 'a short word', 'a short word'],
    [
      'a token in a link',
      `GET ${artifactUrl('file-behaviours', token, 'pcap')} failed`,
      'GET https://www.virustotal.com/api/v3/feeds/file-behaviours/<token>/pcap failed',
    ],
    [
      'a token in a bare path, both spellings',
      `/api/v3/feeds/files/${token}/download /api/v3/feeds/file_behaviours/${token}/html`,
      '/api/v3/feeds/files/<token>/download /api/v3/feeds/file_behaviours/<token>/html',
    ],
    [
      'a signed query',
      'to https://storage.example/a.bz2?Signature=abc&Expires=1 now',
      'to https://storage.example/a.bz2?<signed> now',
    ],
    ['a fragment', 'https://storage.example/a#secret', 'https://storage.example/a?<signed>'],
    ['a query in quotes', '"https://s.example/a?b=c"', '"https://s.example/a?<signed>"'],
    ['a user in a link', 'http://user:pw@proxy.example:3128/', 'http://<user>@proxy.example:3128/'],
    ['no time of a batch', '/api/v3/feeds/files/202611221003', '/api/v3/feeds/files/202611221003'],
    ['no ordinary link', 'see https://docs.example/page', 'see https://docs.example/page'],
    ['nothing from nothing', '', ''],
  ];
  for (const [what, text, safe] of cases) {
    it(`takes out ${what}`, () => {
      assert.equal(redactor.redact(text), safe);
    });
  }

  it('knows no key it was not told of', () => {
    assert.equal(new Redactor().redact(KEY), KEY);
  });
});
