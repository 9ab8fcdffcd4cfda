import assert from 'node:assert/strict';
import { ProxyChoice } from '../../../../../src/core/api/network/proxy-choice.ts';
import type { Proxy } from '../../../../../src/core/api/network/proxy-choice.ts';
import type { NetworkSettings } from '../../../../../src/core/api/network/network-settings.ts';
import { toVtFeedsError } from '../../../../../src/core/common/errors.ts';

const API = 'https://www.virustotal.com/api/v3/x';
const SET: NetworkSettings = { proxy: 'http://set.example:3128' };

type Environment = Readonly<Record<string, string>>;

function chosen(settings: NetworkSettings, environment: Environment, url = API): Proxy | undefined {
  return new ProxyChoice(settings, environment).proxyFor(new URL(url));
}

describe('ProxyChoice', () => {
  const ways: readonly (readonly [
    what: string,
    settings: NetworkSettings,
    environment: Environment,
    host: string | undefined,
  ])[] = [
    ['no proxy anywhere', {}, {}, undefined],
    ['http.proxy', SET, {}, 'set.example:3128'],
    ['http.proxy before the environment', SET, { HTTPS_PROXY: 'http://env.example' }, 'set.example:3128'],
    ['an empty http.proxy', { proxy: ' ' }, { HTTPS_PROXY: 'http://env.example:1' }, 'env.example:1'],
    ['https_proxy', {}, { https_proxy: 'http://env.example:1' }, 'env.example:1'],
    ['HTTPS_PROXY before HTTP_PROXY', {}, { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:1' }, 'b:1'],
    ['HTTP_PROXY, as VS Code takes it', {}, { http_proxy: 'http://env.example:1' }, 'env.example:1'],
    ['a variable without a scheme', {}, { HTTPS_PROXY: 'env.example:1' }, 'env.example:1'],
    ['http.proxySupport off', { ...SET, proxyOff: true }, { HTTPS_PROXY: 'http://env.example' }, undefined],
    ['http.noProxy', { ...SET, noProxy: ['.virustotal.com'] }, {}, undefined],
    ['NO_PROXY', SET, { NO_PROXY: 'a.example, virustotal.com' }, undefined],
    ['no_proxy', SET, { no_proxy: 'a.example virustotal.com' }, undefined],
    ['NO_PROXY of others', SET, { NO_PROXY: 'a.example' }, 'set.example:3128'],
    [
      'http.noProxy before NO_PROXY',
      { ...SET, noProxy: ['a.example'] },
      { NO_PROXY: '*' },
      'set.example:3128',
    ],
    ['a SOCKS proxy', { proxy: 'socks5h://s.example:1080' }, {}, 's.example:1080'],
    ['a SOCKS proxy of another name', { proxy: 'socks://s.example:1080' }, {}, 's.example:1080'],
    ['an empty http.noProxy', { ...SET, noProxy: [] }, { NO_PROXY: '*' }, undefined],
  ];
  for (const [what, settings, environment, host] of ways) {
    it(`goes ${host === undefined ? 'straight' : `over ${host}`}: ${what}`, () => {
      assert.equal(chosen(settings, environment)?.url.host, host);
    });
  }

  it('goes straight to this computer, and to one host but not another', () => {
    assert.equal(chosen(SET, {}, 'http://127.0.0.1:5000/'), undefined);
    const settings = { ...SET, noProxy: ['storage.example'] };
    assert.equal(chosen(settings, {}, 'https://storage.example/b'), undefined);
    assert.ok(chosen(settings, {}) !== undefined);
  });

  const logins: readonly (readonly [proxy: string, login: string | undefined])[] = [
    ['http://p.example:1', undefined],
    ['http://user:pass@p.example:1', 'user:pass'],
    ['http://user@p.example:1', 'user:'],
    ['http://DOMAIN%5Cuser:p%40ss@p.example:1', 'DOMAIN\\user:p@ss'],
    ['http://user:50%@p.example:1', 'user:50%'],
  ];
  for (const [proxy, login] of logins) {
    it(`takes the login of ${proxy} out of its address`, () => {
      const { url, login: found } = chosen({ proxy }, {}) ?? assert.fail();
      assert.equal(url.href, 'http://p.example:1/');
      const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
      assert.equal(found?.authorization, expected);
    });
  }

  it('sends http.proxyAuthorization as it is, whatever the address says', () => {
    const settings = { proxy: 'http://user:pass@p.example:1', proxyAuthorization: 'Bearer t' };
    assert.equal(chosen(settings, {})?.login?.authorization, 'Bearer t');
  });

  for (const proxy of [
    'proxy.example:3128',
    'socks4://proxy.example',
    'ftp://proxy.example',
    'http://',
    'http:///x',
    'x',
    'http://a b',
  ]) {
    it(`says so where ${JSON.stringify(proxy)} is no address of a proxy`, () => {
      assert.throws(
        () => new ProxyChoice({ proxy }, {}),
        (error) =>
          toVtFeedsError(error).code === 'proxy' && /http\.proxy .*http:\/\/host:port/u.test(String(error)),
      );
    });
  }

  it('says which variable is no address, without what it holds', () => {
    assert.throws(
      () => new ProxyChoice({}, { HTTPS_PROXY: 'ftp://user:pa55word@p.example' }),
      (error) => String(error).includes('HTTPS_PROXY') && !String(error).includes('pa55word'),
    );
    assert.equal(
      new ProxyChoice({ proxyOff: true }, { HTTPS_PROXY: 'ftp://x' }).proxyFor(new URL(API)),
      undefined,
    );
  });
});
