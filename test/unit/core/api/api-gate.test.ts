import assert from 'node:assert/strict';
import { ApiGate } from '../../../../src/core/api/api-gate.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { CANARY_KEY } from '../../../support/canary.ts';
import { FakeTransport } from '../../../support/fake-transport.ts';

const ORIGIN = 'https://www.virustotal.com';
const { signal } = new AbortController();

function gateWith(script: ConstructorParameters<typeof FakeTransport>[0]): [ApiGate, FakeTransport] {
  const transport = new FakeTransport(script);
  return [new ApiGate({ origin: ORIGIN, apiKey: CANARY_KEY }, transport), transport];
}

describe('ApiGate', () => {
  it('sends the key with what it asks the API, and never with what it follows', async () => {
    const [gate, transport] = gateWith((_, nth) => [
      nth === 1 ? 302 : 200,
      { location: `${ORIGIN}/api/v3/users/me` },
    ]);
    const hop = await gate.ask('/api/v3/feeds/files/202611221003', signal);
    await gate.follow(hop, signal);
    const [asked, followed] = transport.sent;
    assert.equal(asked?.headers['x-apikey'], CANARY_KEY);
    assert.equal(followed?.url, `${ORIGIN}/api/v3/users/me`);
    assert.deepEqual(Object.keys(followed.headers).sort(), ['accept-encoding', 'user-agent']);
    assert.equal(followed.headers['accept-encoding'], 'identity');
    assert.ok(transport.bodies[0]?.destroyed, 'the first body is closed');
  });

  it('connects to public addresses only where it follows, for whoever redirects may name any host', async () => {
    const [gate, transport] = gateWith(() => [302, { location: 'https://storage.example/b' }]);
    await gate.follow(await gate.ask('/api/v3/feeds/files/202611221003', signal), signal);
    assert.deepEqual(
      transport.sent.map(({ publicOnly }) => publicOnly),
      [false, true],
    );
  });

  for (const location of [`https://storage.example/b?k=${CANARY_KEY}`, `/${CANARY_KEY.toUpperCase()}/b`]) {
    it(`does not follow where the address holds the key: ${location.slice(0, 30)}…`, async () => {
      const [gate, transport] = gateWith(() => [302, { location }]);
      const hop = await gate.ask('/api/v3/feeds/files/202611221003', signal);
      await assert.rejects(
        async () => gate.follow(hop, signal),
        (error) => hasCode(error, 'redirectRefused') && !String(error).toLowerCase().includes(CANARY_KEY),
      );
      assert.equal(transport.sent.length, 1);
    });
  }

  it('sends nothing, with the key or without, before a pause is over', async () => {
    const [gate, transport] = gateWith(() => [302, { location: 'https://storage.example/b' }]);
    const hop = await gate.ask('/api/v3/feeds/files/202611221003', signal);
    gate.heed(Date.now() + 3_600_000);
    for (const send of [() => gate.ask('/api/v3/x', signal), () => gate.follow(hop, signal)])
      await assert.rejects(send, (error) => hasCode(error, 'quotaExceeded'));
    assert.equal(transport.sent.length, 1);
  });

  const paths = [
    'https://evil.example/api/v3/x',
    '//evil.example/api/v3/x',
    '\\\\evil.example/api/v3/x',
    'http://www.virustotal.com/api/v3/x',
    'https://www.virustotal.com:8443/api/v3/x',
    'https://www.virustotal.com@evil.example/api/v3/x',
    '/gui/home',
    '/api/v3/../../gui',
    '/api/v3/%2e%2e/%2e%2e/gui',
    '/api/v30/x',
    '',
  ];
  for (const path of paths) {
    it(`keeps the key from ${JSON.stringify(path)}`, async () => {
      const [gate, transport] = gateWith(() => [200]);
      await assert.rejects(
        async () => gate.ask(path, signal),
        (error) => hasCode(error, 'redirectRefused'),
      );
      assert.deepEqual(transport.sent, []);
    });
  }

  it('takes the key out of a text, in either case', () => {
    const [gate] = gateWith(() => [200]);
    assert.equal(gate.conceal(`a ${CANARY_KEY} b ${CANARY_KEY.toUpperCase()}`), 'a <key> b <key>');
  });
});
