import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ApiGate } from '../../../../../src/core/api/api-gate.ts';
import { FeedClient } from '../../../../../src/core/api/feed-client.ts';
import type { NetworkSettings } from '../../../../../src/core/api/network/network-settings.ts';
import type { HttpAnswer } from '../../../../../src/core/api/network/transport.ts';
import { HttpTransport } from '../../../../../src/core/api/network/http-transport.ts';
import type { TransportOptions } from '../../../../../src/core/api/network/http-transport.ts';
import { hasCode, toVtFeedsError } from '../../../../../src/core/common/errors.ts';
import type { VtFeedsError } from '../../../../../src/core/common/errors.ts';
import { CANARY_KEY, assertNoKey } from '../../../../support/canary.ts';
import { listenAsProxy } from '../../../../support/connect-proxy.ts';
import type { ConnectProxy } from '../../../../support/connect-proxy.ts';
import { PatientClock } from '../../../../support/patient-clock.ts';
import { RawServer, inTurn, reply } from '../../../../support/raw-server.ts';
import { SELF_SIGNED } from '../../../../support/self-signed.ts';
import { listenAsSocksProxy } from '../../../../support/socks-proxy.ts';
import type { SocksProxy } from '../../../../support/socks-proxy.ts';
import { readAll } from '../../../../support/streams.ts';
import { MINUTE, NOW } from '../../../../support/two-origins.ts';

const VIRUSTOTAL = 'https://www.virustotal.com';
const PASSWORD = 'proxy-pa55word';

interface Asked {
  readonly settings?: NetworkSettings;
  readonly options?: TransportOptions;
  readonly signal?: AbortSignal;
}

/** Opens and reads a batch of `origin` over a transport of its own. */
async function read(origin: string, { settings, options, signal }: Asked = {}): Promise<string> {
  const transport = new HttpTransport(settings, options);
  try {
    const gate = new ApiGate({ origin, apiKey: CANARY_KEY }, transport);
    const client = new FeedClient(gate, new PatientClock(NOW));
    const { stream } = await client.openBatch(MINUTE, signal ?? new AbortController().signal);
    return String(await readAll(stream));
  } finally {
    await transport.close();
  }
}

async function failureOf(...args: Parameters<typeof read>): Promise<VtFeedsError> {
  const error = await read(...args).then(
    () => assert.fail('it was read'),
    (thrown: unknown) => toVtFeedsError(thrown),
  );
  assertNoKey(error);
  assert.ok(!error.message.includes(PASSWORD));
  return error;
}

/** One GET over a transport of its own; the body is not read. */
async function get(url: string, publicOnly: boolean, options: TransportOptions = {}): Promise<HttpAnswer> {
  const transport = new HttpTransport({ strictSsl: false }, options);
  try {
    const answer = await transport.get(new URL(url), {}, new AbortController().signal, { publicOnly });
    answer.body.destroy();
    return answer;
  } finally {
    await transport.close();
  }
}

/** A loopback origin where nobody listens any more. */
async function deadOrigin(): Promise<string> {
  const server = await RawServer.listen(reply(200));
  const { origin } = server;
  await server.close();
  return origin;
}

/** Runs with a variable of the environment set, and sets it back. */
async function withVariable<T>(name: string, value: string, run: () => Promise<T>): Promise<T> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await run();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
}

describe('HttpTransport', () => {
  const servers: { close(): Promise<void> }[] = [];
  const listen = async (...args: Parameters<typeof RawServer.listen>): Promise<RawServer> => {
    const server = await RawServer.listen(...args);
    servers.push(server);
    return server;
  };
  const proxyTo = async (...args: Parameters<typeof listenAsProxy>): Promise<ConnectProxy> => {
    const proxy = await listenAsProxy(...args);
    servers.push(proxy);
    return proxy;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('says offline when nobody listens', async () => {
    const error = await failureOf(await deadOrigin());
    assert.equal(error.code, 'offline');
    assert.match(error.message, /ECONNREFUSED/u);
  });

  describe('certificates', () => {
    it('does not trust a self-signed one, sends it nothing, and says why', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const error = await failureOf(server.origin);
      assert.equal(error.code, 'tls');
      assert.match(error.message, /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/u);
      assert.deepEqual(server.requests, []);
    });

    it('does not either where the environment says that all are trusted', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const error = await withVariable('NODE_TLS_REJECT_UNAUTHORIZED', '0', () => failureOf(server.origin));
      assert.equal(error.code, 'tls');
      assert.deepEqual(server.requests, []);
    });

    it('trusts it only where the user switched the check off', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      assert.equal(await read(server.origin, { settings: { strictSsl: false } }), 'x');
    });

    it('says tls where plain http answers', async () => {
      const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      assert.equal((await failureOf(`https://127.0.0.1:${String(port)}`)).code, 'tls');
      server.close();
    });
  });

  describe('a proxy', () => {
    /** The request of the API ends at a server of the test, whose certificate nobody trusts. */
    const insecure = { strictSsl: false };

    it('leads to the host it is asked for, with the login it is given, and does not see the key', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const proxy = await proxyTo(server.origin);
      const address = proxy.origin.replace('//', `//user:${PASSWORD}@`);
      assert.equal(await read(VIRUSTOTAL, { settings: { ...insecure, proxy: address } }), 'x');
      const authorization = `Basic ${Buffer.from(`user:${PASSWORD}`).toString('base64')}`;
      assert.deepEqual(proxy.asked, [{ authority: 'www.virustotal.com:443', authorization }]);
      assert.ok(server.requests[0]?.head.includes(CANARY_KEY));
      assert.ok(!server.requests[0]?.head.includes('roxy-'));
    });

    it('is spoken to over TLS where its address says so, and not where its certificate is not trusted', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const proxy = await proxyTo(server.origin, SELF_SIGNED);
      const settings = { ...insecure, proxy: proxy.origin };
      assert.equal(await read(VIRUSTOTAL, { settings }), 'x');
      const error = await failureOf(VIRUSTOTAL, { settings: { proxy: proxy.origin } });
      assert.equal(error.code, 'tls');
      assert.match(error.message, /certificate of the proxy 127\.0\.0\.1:\d+ is not trusted/u);
      assert.equal(proxy.asked.length, 1);
    });

    it('is not to blame for the certificate of the host behind it', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const proxy = await proxyTo(server.origin);
      const error = await failureOf(VIRUSTOTAL, { settings: { proxy: proxy.origin } });
      assert.equal(error.code, 'tls');
      assert.match(error.message, /certificate of www\.virustotal\.com is not trusted/u);
    });

    const refusals: readonly (readonly [status: number, requests: number, says: RegExp])[] = [
      [407, 1, /asks for a login \(407\).*http:\/\/user:password@/u],
      [403, 1, /does not connect to www\.virustotal\.com \(403\).*http\.noProxy/u],
      [502, 4, /does not connect to www\.virustotal\.com \(502\)/u],
    ];
    for (const [status, requests, says] of refusals) {
      it(`that answers ${String(status)} is named, after ${String(requests)} requests`, async () => {
        const proxy = await listen(reply(status, { 'proxy-authenticate': 'Basic' }, 'no'));
        const error = await failureOf(VIRUSTOTAL, { settings: { proxy: proxy.origin } });
        assert.equal(error.code, 'proxy');
        assert.equal(error.facts.status, status);
        assert.match(error.message, says);
        assert.equal(proxy.requests.length, requests);
        for (const { head } of proxy.requests) assertNoKey(head);
      });
    }

    it('that does not accept the login is named without it', async () => {
      const proxy = await listen(reply(407));
      const address = proxy.origin.replace('//', `//user:${PASSWORD}@`);
      const error = await failureOf(VIRUSTOTAL, { settings: { proxy: address } });
      assert.match(error.message, /does not accept the login/u);
    });

    it('that is dead is named', async () => {
      const proxy = await deadOrigin();
      const error = await failureOf(VIRUSTOTAL, { settings: { proxy } });
      assert.equal(error.code, 'proxy');
      assert.ok(error.message.includes(`The proxy ${proxy.slice('http://'.length)} cannot be reached`));
    });

    it('that does not answer is given up', async () => {
      const proxy = await listen(() => undefined);
      const settings = { proxy: proxy.origin };
      const error = await failureOf(VIRUSTOTAL, { settings, options: { connectTimeoutMs: 20 } });
      assert.equal(error.code, 'proxy');
      assert.match(error.message, /does not answer/u);
    });

    it('that ends the connection is named', async () => {
      const proxy = await listen((socket) => socket.end());
      assert.equal((await failureOf(VIRUSTOTAL, { settings: { proxy: proxy.origin } })).code, 'proxy');
    });

    it('is passed by on the way to this computer', async () => {
      const server = await listen(reply(200, {}, 'x'));
      assert.equal(await read(server.origin, { settings: { proxy: await deadOrigin() } }), 'x');
    });

    it('is taken from the environment where VS Code names none', async () => {
      const proxy = await listen(reply(403));
      await withVariable('HTTPS_PROXY', proxy.origin, () =>
        failureOf(VIRUSTOTAL, { settings: { proxy: '' } }),
      );
      assert.equal(proxy.requests[0]?.path, 'www.virustotal.com:443');
    });

    it('leaves a tunnel alone that stands longer than one may take to be made', async () => {
      const server = await listen((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\na');
        setTimeout(() => socket.end('b'), 120);
      }, SELF_SIGNED);
      const { origin } = await proxyTo(server.origin);
      const settings = { ...insecure, proxy: origin };
      assert.equal(await read(VIRUSTOTAL, { settings, options: { connectTimeoutMs: 100 } }), 'ab');
    });
  });

  describe('a SOCKS proxy', () => {
    const CONNECTED = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]);
    const socksTo = async (target: string, ...replies: readonly Buffer[]): Promise<SocksProxy> => {
      const proxy = await listenAsSocksProxy(target, replies);
      servers.push(proxy);
      return proxy;
    };

    it('leads to the host it is asked for by name, and does not see the key', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const proxy = await socksTo(server.origin, Buffer.from([5, 0]), CONNECTED);
      assert.equal(await read(VIRUSTOTAL, { settings: { strictSsl: false, proxy: proxy.origin } }), 'x');
      const asked = [5, 1, 0, 3, 18, ...Buffer.from('www.virustotal.com'), 1, 187];
      assert.deepEqual(proxy.told, [Buffer.from([5, 1, 0]), Buffer.from(asked)]);
    });

    it('is given the login where it wants one, and may answer with a name', async () => {
      const server = await listen(reply(200, {}, 'x'), SELF_SIGNED);
      const named = Buffer.from([5, 0, 0, 3, 1, 97, 0, 80]);
      const proxy = await socksTo(server.origin, Buffer.from([5, 2]), Buffer.from([1, 0]), named);
      const address = proxy.origin.replace('//', '//me:pw@');
      assert.equal(await read(VIRUSTOTAL, { settings: { strictSsl: false, proxy: address } }), 'x');
      assert.deepEqual(proxy.told.slice(0, 2), [
        Buffer.from([5, 2, 0, 2]),
        Buffer.from([1, 2, 109, 101, 2, 112, 119]),
      ]);
    });

    const refusals: readonly (readonly [what: string, login: string, replies: Buffer[], says: RegExp])[] = [
      ['wants a login', '', [Buffer.from([5, 255])], /asks for a login \(407\)/u],
      ['wants one it was not given', '', [Buffer.from([5, 2])], /asks for a login/u],
      [
        'refuses the login',
        `me:${PASSWORD}@`,
        [Buffer.from([5, 2]), Buffer.from([1, 1])],
        /not accept the login/u,
      ],
      ['refuses', '', [Buffer.from([5, 0]), Buffer.from([5, 2, 0, 1])], /does not connect .*\(403\)/u],
      [
        'cannot get through',
        '',
        [Buffer.from([5, 0]), Buffer.from([5, 4, 0, 1])],
        /does not connect .*\(502\)/u,
      ],
      ['ends the connection', '', [], /cannot be reached/u],
    ];
    for (const [what, login, replies, says] of refusals) {
      it(`that ${what} is named`, async () => {
        const proxy = await socksTo(await deadOrigin(), ...replies);
        const address = proxy.origin.replace('//', `//${login}`);
        const error = await failureOf(VIRUSTOTAL, { settings: { proxy: address } });
        assert.equal(error.code, 'proxy');
        assert.match(error.message, says);
      });
    }

    it('that is dead or does not answer is named', async () => {
      const dead = (await deadOrigin()).replace('http', 'socks5');
      assert.match(
        (await failureOf(VIRUSTOTAL, { settings: { proxy: dead } })).message,
        /cannot be reached/u,
      );
      const silent = await listen(() => undefined);
      const settings = { proxy: silent.origin.replace('http', 'socks5') };
      const error = await failureOf(VIRUSTOTAL, { settings, options: { connectTimeoutMs: 20 } });
      assert.match(error.message, /does not answer/u);
    });
  });

  describe('where only public addresses are wanted', () => {
    const lookup: TransportOptions['lookup'] = (_name, _options, found) => {
      found(null, [{ address: '127.0.0.1', family: 4 }]);
    };

    it('connects to no name that resolves to this computer', async () => {
      let connections = 0;
      const server = createServer(() => connections++);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const port = String((server.address() as AddressInfo).port);
      for (const scheme of ['https', 'http'])
        await assert.rejects(get(`${scheme}://storage.example:${port}/b`, true, { lookup }), (error) =>
          hasCode(toVtFeedsError(error), 'redirectRefused'),
        );
      await assert.rejects(get(`https://localhost:${port}/b`, true), (error) =>
        hasCode(toVtFeedsError(error), 'redirectRefused'),
      );
      assert.equal(connections, 0);
      server.close();
    });

    it('connects to it elsewhere', async () => {
      const server = await listen(reply(200, {}, 'x'));
      assert.equal((await get(server.origin.replace('127.0.0.1', 'localhost'), false)).status, 200);
    });
  });

  it('tries again when no headers come in time', async () => {
    const server = await listen(inTurn(() => undefined, reply(200, {}, 'x')));
    assert.equal(await read(server.origin, { options: { headersTimeoutMs: 100 } }), 'x');
    assert.equal(server.requests.length, 2);
  });

  it('is cancelled at once, with or without a proxy', async () => {
    const silent = await listen(() => undefined);
    for (const [origin, settings] of [
      [silent.origin, {}],
      [VIRUSTOTAL, { proxy: silent.origin }],
    ] as const) {
      const controller = new AbortController();
      silent.answer = () => {
        controller.abort();
      };
      const { signal } = controller;
      assert.equal((await failureOf(origin, { settings, signal })).code, 'cancelled');
    }
  });

  it('joins the values of a repeated header', async () => {
    const server = await listen((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\ncontent-length: 0\r\n\r\n'),
    );
    assert.equal((await get(server.origin, false)).headers.get('x-a'), '1, 2');
  });

  it('ends connections in use when it is closed', async () => {
    const server = await listen((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx'));
    const transport = new HttpTransport();
    const { signal } = new AbortController();
    const { body } = await transport.get(new URL(server.origin), {}, signal, { publicOnly: false });
    await transport.close();
    await assert.rejects(readAll(body));
  });
});
