import assert from 'node:assert/strict';
import { redirectTarget } from '../../../../src/core/api/redirect.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';

const API = 'https://www.virustotal.com';
const FROM = new URL('/api/v3/feeds/files/202611221003', API);
const LOOPBACK = 'http://127.0.0.1:4000';

function refuses(location: string | undefined, from: URL, api: string): void {
  assert.throws(
    () => redirectTarget(location, from, api),
    (error) => hasCode(error, 'redirectRefused'),
    location,
  );
}

describe('redirectTarget', () => {
  const followed: readonly (readonly [what: string, location: string, target: string])[] = [
    ['another origin', 'https://storage.example/b?Signature=a', 'https://storage.example/b?Signature=a'],
    ['another port', 'https://storage.example:8443/b', 'https://storage.example:8443/b'],
    ['a public address', 'https://93.184.215.14/b', 'https://93.184.215.14/b'],
    ['a public IPv6 address', 'https://[2606:2800:21f::1]/b', 'https://[2606:2800:21f::1]/b'],
    ['a relative path, on the origin it came from', '../x', `${API}/api/v3/feeds/x`],
    ['an absolute path', '/b', `${API}/b`],
    ['a protocol-relative address', '//storage.example/b', 'https://storage.example/b'],
    [
      'a host whose name starts like a private one',
      'https://10.0.0.1.storage.example/b',
      'https://10.0.0.1.storage.example/b',
    ],
    ['addresses beside the private ranges', 'https://172.32.0.1/b https', 'https://172.32.0.1/b%20https'],
  ];
  for (const [what, location, target] of followed) {
    it(`follows ${what}`, () => {
      assert.equal(redirectTarget(location, FROM, API).href, target);
    });
  }

  const refused: readonly (readonly [what: string, location: string | undefined])[] = [
    ['no Location', undefined],
    ['an empty Location', ''],
    ['what is no address', 'https://'],
    ['a port beyond all ports', 'https://storage.example:99999/'],
    ['http', 'http://storage.example/b'],
    ['http by another case', 'HTTP://storage.example/b'],
    ['a file', 'file:///etc/passwd'],
    ['a file on a host', 'file://storage.example/b'],
    ['data', 'data:text/plain,x'],
    ['javascript', 'javascript:alert(1)'],
    ['ftp', 'ftp://storage.example/b'],
    ['a web socket', 'wss://storage.example/b'],
    ['blob', 'blob:https://storage.example/b'],
    ['a user name', 'https://user@storage.example/b'],
    ['a user name and a password', 'https://user:pw@storage.example/b'],
    ['a password alone', 'https://:pw@storage.example/b'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data/'],
    ['the loopback address', 'https://127.0.0.1/b'],
    ['another loopback address', 'https://127.8.9.1/b'],
    ['the loopback address in hexadecimal', 'https://0x7f000001/b'],
    ['the loopback address as one number', 'https://2130706433/b'],
    ['the loopback address in octal', 'https://0177.0.0.1/b'],
    ['the loopback address in full-width digits', 'https://１２７.0.0.1/b'],
    ['localhost', 'https://localhost/b'],
    ['localhost with a dot', 'https://localhost./b'],
    ['a name under localhost', 'https://a.localhost/b'],
    ['a name under localhost with a dot', 'https://a.localhost./b'],
    ['a name under local', 'https://printer.local/b'],
    ['a name under local with a dot', 'https://printer.local./b'],
    ['a name of a home network', 'https://nas.home.arpa/b'],
    ['a name of an office network', 'https://nas.internal/b'],
    ['a benchmark address', 'https://198.18.0.1/b'],
    ['an address of no one', 'https://255.255.255.255/b'],
    ['a 6to4 address', 'https://[2002:7f00:1::]/b'],
    ['a name without a dot', 'https://intranet/b'],
    ['a name with nothing but a dot at its end', 'https://intranet./b'],
    ['10.0.0.0/8', 'https://10.1.2.3/b'],
    ['172.16.0.0/12', 'https://172.31.255.255/b'],
    ['192.168.0.0/16', 'https://192.168.1.1/b'],
    ['100.64.0.0/10', 'https://100.64.0.1/b'],
    ['0.0.0.0', 'https://0.0.0.0/b'],
    ['::', 'https://[::]/b'],
    ['::1', 'https://[::1]/b'],
    ['a unique local address', 'https://[fd00::1]/b'],
    ['a link-local address', 'https://[fe80::1]/b'],
    ['an IPv4 address in an IPv6 one', 'https://[::ffff:127.0.0.1]/b'],
    ['an IPv4 address in an IPv6 one, the old way', 'https://[::127.0.0.1]/b'],
    ['an IPv4 address behind NAT64', 'https://[64:ff9b::10.0.0.1]/b'],
    ['a multicast address', 'https://[ff02::1]/b'],
    ['the loopback address over http', `${LOOPBACK}/b`],
  ];
  for (const [what, location] of refused) {
    it(`refuses ${what}`, () => {
      refuses(location, FROM, API);
    });
  }
});

describe('redirectTarget where the API is on the loopback address', () => {
  const from = new URL('/api/v3/feeds/files/202611221003', LOOPBACK);

  it('follows to the loopback address as well', () => {
    for (const location of ['http://127.0.0.1:5000/b', 'http://localhost:5000/b', '/b'])
      assert.equal(redirectTarget(location, from, LOOPBACK).href, new URL(location, from).href);
    assert.equal(redirectTarget('https://storage.example/b', from, LOOPBACK).host, 'storage.example');
  });

  const refused: readonly (readonly [what: string, location: string | undefined])[] = [
    ['no Location', undefined],
    ['an empty Location', ''],
    ['http to elsewhere', 'http://storage.example/b'],
    ['a user name', 'http://user@127.0.0.1:5000/b'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,x'],
    ['javascript', 'javascript:alert(1)'],
    ['private addresses', 'https://10.0.0.1/b'],
    ['the metadata service', 'http://169.254.169.254/b'],
    ['other loopback addresses', 'http://127.0.0.2/b'],
  ];
  for (const [what, location] of refused) {
    it(`still refuses ${what}`, () => {
      refuses(location, from, LOOPBACK);
    });
  }
});
