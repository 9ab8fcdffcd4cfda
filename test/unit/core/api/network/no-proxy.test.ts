import assert from 'node:assert/strict';
import { isExempt, isLoopback } from '../../../../../src/core/api/network/no-proxy.ts';

describe('isExempt', () => {
  const rows: readonly (readonly [entry: string, url: string, expected: boolean])[] = [
    ['*', 'https://any.example/', true],
    ['*:8443', 'https://any.example/', false],
    ['*:8443', 'https://any.example:8443/', true],
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://sub.example.com/', true],
    ['example.com', 'https://notexample.com/', false],
    ['example.com', 'https://example.com.evil.example/', false],
    ['example.com', 'https://example.com./', true],
    ['EXAMPLE.com.', 'https://Example.COM/', true],
    ['.example.com', 'https://sub.example.com/', true],
    ['.example.com', 'https://example.com/', true],
    ['*.example.com', 'https://sub.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['example.com:80', 'https://example.com/', false],
    ['example.com:80', 'http://example.com/', true],
    ['.example.com:8443', 'https://sub.example.com:8443/', true],
    ['10.0.0.1', 'https://10.0.0.1/', true],
    ['0.0.1', 'https://10.0.0.1/', false],
    ['10.0.0.0/8', 'https://10.200.3.4/', true],
    ['10.0.0.0/8', 'https://11.0.0.1/', false],
    ['10.0.0.0/99', 'https://10.0.0.1/', false],
    ['10.0.0.0/8', 'https://ten.example/', false],
    ['2001:db8::/32', 'https://[2001:db8::7]/', true],
    ['::1', 'https://[::1]:5000/', true],
    ['[::1]', 'https://[::1]:5000/', true],
    ['[::1]:5000', 'https://[::1]:5000/', true],
    ['[::1]:5001', 'https://[::1]:5000/', false],
    ['', 'https://example.com/', false],
    ['  ', 'https://example.com/', false],
    [' example.com ', 'https://example.com/', true],
    ['.', 'https://example.com/', false],
    ['example.com:port', 'https://example.com/', false],
  ];
  for (const [entry, url, expected] of rows) {
    it(`${JSON.stringify(entry)} ${expected ? 'holds' : 'does not hold'} ${url}`, () => {
      assert.equal(isExempt(new URL(url), ['other.example', entry]), expected);
    });
  }
});

describe('isLoopback', () => {
  it('knows this computer', () => {
    for (const host of ['127.0.0.1:5000', '127.9.8.7', 'localhost', 'LOCALHOST.', 'a.localhost', '[::1]:1'])
      assert.ok(isLoopback(new URL(`http://${host}/`)), host);
    for (const host of ['128.0.0.1', 'localhost.example', '127.0.0.1.example', '[::2]'])
      assert.ok(!isLoopback(new URL(`http://${host}/`)), host);
  });
});
