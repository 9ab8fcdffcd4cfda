import assert from 'node:assert/strict';
import { VIRUSTOTAL_ORIGIN, chooseOrigin, isLoopbackOrigin } from '../../../../src/core/api/origin.ts';

describe('chooseOrigin', () => {
  for (const absent of [undefined, '']) {
    it(`is VirusTotal's without an override (${typeof absent})`, () => {
      assert.deepEqual(chooseOrigin(absent), { origin: 'https://www.virustotal.com' });
    });
  }

  const allowed: readonly (readonly [override: string, origin: string])[] = [
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:1', 'http://localhost:1'],
    ['http://localhost:65535', 'http://localhost:65535'],
    ['http://127.0.0.1:80', 'http://127.0.0.1'],
    ['http://127.0.0.1:08080', 'http://127.0.0.1:8080'],
  ];
  for (const [override, origin] of allowed) {
    it(`may be ${override}, written as a request's own origin`, () => {
      assert.deepEqual(chooseOrigin(override), { origin });
      assert.equal(new URL('/api/v3/', origin).origin, origin);
      assert.ok(isLoopbackOrigin(origin));
    });
  }

  const refused = [
    'http://127.0.0.1',
    'http://127.0.0.1:',
    'http://127.0.0.1:8080/',
    'http://127.0.0.1:8080/api',
    'http://127.0.0.1:8080?x',
    'http://127.0.0.1:8080#x',
    'http://127.0.0.1:99999',
    'http://127.0.0.1:123456',
    'https://127.0.0.1:8080',
    'http://127.0.0.2:8080',
    'http://[::1]:8080',
    'http://0.0.0.0:8080',
    'http://0x7f.1:8080',
    'http://2130706433:8080',
    'http://user@127.0.0.1:8080',
    'http://127.0.0.1:80@evil.example',
    'http://localhost.evil.example:80',
    'http://evil.example:80',
    'http://evil.example',
    'HTTP://LOCALHOST:80',
    ' http://localhost:80',
    'http://localhost:80 ',
    'http://localhost:80\n',
    'http://localhost:٨٠',
    'localhost:80',
    'https://www.virustotal.com',
    'file:///etc/passwd',
    'x',
  ];
  for (const override of refused) {
    it(`is never ${JSON.stringify(override)}, and says so without repeating it`, () => {
      const { origin, refused: why = '' } = chooseOrigin(override);
      assert.equal(origin, VIRUSTOTAL_ORIGIN);
      assert.match(why, /^VTFEEDS_API_ORIGIN is ignored/u);
    });
  }
});

describe('isLoopbackOrigin', () => {
  it('says no to whatever is not plain http on this computer', () => {
    for (const origin of ['https://127.0.0.1', 'http://127.0.0.2', 'https://www.virustotal.com', 'null', ''])
      assert.equal(isLoopbackOrigin(origin), false, origin);
  });
});
