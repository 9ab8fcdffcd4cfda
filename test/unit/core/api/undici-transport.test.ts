import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ApiGate } from '../../../../src/core/api/api-gate.ts';
import { FeedClient } from '../../../../src/core/api/feed-client.ts';
import { UndiciTransport } from '../../../../src/core/api/undici-transport.ts';
import type { NetworkSettings } from '../../../../src/core/api/undici-transport.ts';
import { toVtFeedsError } from '../../../../src/core/common/errors.ts';
import type { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { CANARY_KEY, assertNoKey } from '../../../support/canary.ts';
import { RawServer, reply } from '../../../support/raw-server.ts';
import { minute } from '../../../support/records.ts';
import { SELF_SIGNED } from '../../../support/self-signed.ts';
import { readAll } from '../../../support/streams.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const PASSWORD = 'proxy-pa55word';

/** Opens a batch at `origin` over a transport of these settings; closes the transport. */
async function open(origin: string, settings: NetworkSettings, signal?: AbortSignal): Promise<Buffer> {
  const transport = new UndiciTransport(settings);
  try {
    const gate = new ApiGate({ origin, apiKey: CANARY_KEY }, transport, transport.proxied);
    const client = new FeedClient(gate, () => NOW, transport.proxied, 0);
    const id = { feed: 'files', slot: minute('202611221003') } as const;
    return await readAll((await client.openBatch(id, signal ?? new AbortController().signal)).stream);
  } finally {
    await transport.close();
  }
}

async function failureOf(...args: Parameters<typeof open>): Promise<VtFeedsError> {
  const error = await open(...args).then(
    () => assert.fail('it was opened'),
    (thrown: unknown) => toVtFeedsError(thrown),
  );
  assertNoKey(error);
  return error;
}

/** A loopback origin where nobody listens any more. */
async function deadOrigin(): Promise<string> {
  const server = await RawServer.listen(reply(200));
  const { origin } = server;
  await server.close();
  return origin;
}

describe('UndiciTransport', () => {
  const servers: RawServer[] = [];
  const listen = async (...args: Parameters<typeof RawServer.listen>): Promise<RawServer> => {
    const server = await RawServer.listen(...args);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('says offline when nobody listens', async () => {
    const error = await failureOf(await deadOrigin(), {});
    assert.equal(error.code, 'offline');
    assert.match(error.message, /ECONNREFUSED/u);
  });

  it('does not trust a self-signed certificate, sends it nothing, and says why', async () => {
    const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
    const error = await failureOf(server.origin, {});
    assert.equal(error.code, 'tls');
    assert.match(error.message, /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/u);
    assert.deepEqual(server.requests, []);
  });

  it('trusts it only where the user switched the check off', async () => {
    const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
    assert.equal((await open(server.origin, { strictSsl: false })).toString(), 'x');
  });

  it('says tls where plain http answers', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    assert.equal((await failureOf(`https://127.0.0.1:${String(port)}`, {})).code, 'tls');
    server.close();
  });

  for (const [status, what] of [
    [407, 'asks for a login'],
    [403, 'refuses'],
    [502, 'cannot get through'],
  ] as const) {
    it(`says proxy when the proxy ${what} (${String(status)}), and tells no password`, async () => {
      const proxy = await listen(reply(status, { 'proxy-authenticate': 'Basic' }, 'no'));
      const address = proxy.origin.replace('//', `//user:${PASSWORD}@`);
      const error = await failureOf('https://www.virustotal.com', { proxy: address });
      assert.equal(error.code, 'proxy');
      assert.ok(!error.message.includes(PASSWORD));
      assert.equal(proxy.requests[0]?.path, 'www.virustotal.com:443');
      for (const { head } of proxy.requests) assertNoKey(head);
    });
  }

  it('says proxy when the proxy is dead', async () => {
    const error = await failureOf('https://www.virustotal.com', { proxy: await deadOrigin() });
    assert.equal(error.code, 'proxy');
  });

  it('goes past the proxy to this computer, and to the hosts that are named', async () => {
    const server = await listen(reply(200, {}, 'x'));
    const settings = { proxy: await deadOrigin(), noProxy: ['named.example'] };
    assert.equal((await open(server.origin, settings)).toString(), 'x');
    assert.ok(new UndiciTransport(settings).proxied);
  });

  it("goes by the environment's proxy where VS Code names none", async () => {
    const { HTTPS_PROXY } = process.env;
    process.env.HTTPS_PROXY = await deadOrigin();
    try {
      const error = await failureOf('https://www.virustotal.com', { proxy: '' });
      assert.equal(error.code, 'proxy');
      assert.match(error.message, /cannot be reached through the proxy/u);
    } finally {
      if (HTTPS_PROXY === undefined) delete process.env.HTTPS_PROXY;
      else process.env.HTTPS_PROXY = HTTPS_PROXY;
    }
  });

  for (const proxy of ['proxy.example:3128', 'socks5://proxy.example', 'http://', 'http:///x', 'x']) {
    it(`says so where ${JSON.stringify(proxy)} is no address of a proxy`, () => {
      assert.throws(
        () => new UndiciTransport({ proxy }),
        (error) => toVtFeedsError(error).code === 'proxy' && String(error).includes('http://host:port'),
      );
    });
  }

  it('is cancelled at once, with or without a proxy', async () => {
    const silent = await listen(() => undefined);
    const settings: readonly [string, NetworkSettings][] = [
      [silent.origin, {}],
      ['https://www.virustotal.com', { proxy: silent.origin }],
    ];
    for (const [origin, network] of settings) {
      const controller = new AbortController();
      silent.answer = () => {
        controller.abort();
      };
      assert.equal((await failureOf(origin, network, controller.signal)).code, 'cancelled');
    }
  });

  it('gives of a repeated header the first', async () => {
    const server = await listen((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\ncontent-length: 0\r\n\r\n'),
    );
    const transport = new UndiciTransport();
    try {
      const answer = await transport.get(new URL(server.origin), {}, new AbortController().signal);
      assert.equal(answer.headers.get('x-a'), '1');
      answer.body.destroy();
    } finally {
      await transport.close();
    }
  });

  it('ends connections in use when it is closed', async () => {
    const server = await listen((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx'));
    const transport = new UndiciTransport();
    const { body } = await transport.get(new URL(server.origin), {}, new AbortController().signal);
    await transport.close();
    await assert.rejects(readAll(body));
  });
});
