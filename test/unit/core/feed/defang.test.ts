import assert from 'node:assert/strict';
import { defang } from '../../../../src/core/feed/defang.ts';

describe('defang', () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ['http://evil.example/a.b', 'hxxp[:]//evil[.]example/a[.]b'],
    ['https://evil.example', 'hxxps[:]//evil[.]example'],
    ['HTTPS://EVIL.example', 'HXXPS[:]//EVIL[.]example'],
    ['hTtp://x.y', 'hXXp[:]//x[.]y'],
    ['ftp://evil.example', 'ftp[:]//evil[.]example'],
    ['https://user:pw@evil.example', 'hxxps[:]//user:pw[@]evil[.]example'],
    ['192.0.2.1', '192[.]0[.]2[.]1'],
    ['2001:db8::1', '2001[:]db8[:][:]1'],
    ['2001:db8::/32', '2001[:]db8[:][:]/32'],
    ['someone@evil.example', 'someone[@]evil[.]example'],
    ['httpbin', 'httpbin'],
    ['', ''],
  ];
  for (const [text, shown] of cases) {
    it(`shows ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () => {
      assert.equal(defang(text), shown);
    });
  }
});
