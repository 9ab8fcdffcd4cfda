import assert from 'node:assert/strict';
import { ApiGate } from '../../../../src/core/api/api-gate.ts';
import type { RemoteBody } from '../../../../src/core/api/body.ts';
import { FeedClient } from '../../../../src/core/api/feed-client.ts';
import { UndiciTransport } from '../../../../src/core/api/undici-transport.ts';
import { VtFeedsError, toVtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { parseArtifactLink } from '../../../../src/core/feed/artifact-link.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { CANARY_KEY, assertNoKey } from '../../../support/canary.ts';
import { FakeTransport, envelope } from '../../../support/fake-transport.ts';
import { RawServer, answerBytes, inTurn, reply } from '../../../support/raw-server.ts';
import type { RawAnswer } from '../../../support/raw-server.ts';
import { SHA256, artifactUrl, hour, minute, tokenOf } from '../../../support/records.ts';
import { readAll } from '../../../support/streams.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);
const MINUTE: BatchId = { feed: 'files', slot: minute('202611221003') };
const HOUR: BatchId = { feed: 'ip_addresses', slot: hour('2026112210') };
const BODY = Buffer.from('the bytes of a batch');
const XML = '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>';

/** The API on one port, the storage on another, and a client with the canary key between them. */
class TwoOrigins {
  readonly transport = new UndiciTransport();
  readonly client: FeedClient;
  private readonly controller = new AbortController();

  private constructor(
    readonly api: RawServer,
    readonly storage: RawServer,
  ) {
    const gate = new ApiGate({ origin: api.origin, apiKey: CANARY_KEY }, this.transport, false);
    this.client = new FeedClient(gate, () => NOW, false, 0);
  }

  static async listen(): Promise<TwoOrigins> {
    const storage = await RawServer.listen(reply(200, {}, BODY));
    const api = await RawServer.listen(reply(302, { location: `${storage.origin}/b.bz2?Signature=s` }));
    return new TwoOrigins(api, storage);
  }

  open(id = MINUTE): Promise<RemoteBody> {
    return this.client.openBatch(id, this.signal);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  abort(): void {
    this.controller.abort();
  }

  /** Opens and reads a batch; what goes wrong must have this code, and hold no key. */
  async failsWith(code: ErrorCode, run: () => Promise<unknown> = () => this.read()): Promise<VtFeedsError> {
    const error = await run().then(
      (value) => assert.fail(`it gave ${String(value)}`),
      (thrown: unknown) => toVtFeedsError(thrown),
    );
    assertNoKey(error);
    assert.equal(error.code, code, error.message);
    return error;
  }

  async read(id = MINUTE): Promise<Buffer> {
    return readAll((await this.open(id)).stream);
  }

  /** How many requests came to the API and to the storage. */
  get asked(): readonly [api: number, storage: number] {
    return [this.api.requests.length, this.storage.requests.length];
  }

  async close(): Promise<void> {
    await this.transport.close();
    await Promise.all([this.api.close(), this.storage.close()]);
  }
}

describe('FeedClient', () => {
  let origins: TwoOrigins;
  beforeEach(async () => {
    origins = await TwoOrigins.listen();
  });
  afterEach(async () => {
    await origins.close();
    for (const { head } of origins.storage.requests) assertNoKey(head);
  });

  describe('opening a batch', () => {
    it('asks the API with the key, and the storage without it', async () => {
      const { stream, length } = await origins.open();
      assert.equal(length, BODY.length);
      assert.deepEqual(await readAll(stream), BODY);
      assert.deepEqual(origins.asked, [1, 1]);
      const [asked] = origins.api.requests;
      assert.equal(asked?.path, '/api/v3/feeds/files/202611221003');
      assert.ok(asked.head.toLowerCase().includes(`x-apikey: ${CANARY_KEY}`));
      const [fetched] = origins.storage.requests;
      assert.equal(fetched?.path, '/b.bz2?Signature=s');
      assert.doesNotMatch(fetched.head, /x-apikey|cookie|authorization|referer/iu);
      assert.match(fetched.head, /accept-encoding: identity/iu);
    });

    it('names an hour as the API does', async () => {
      await origins.read(HOUR);
      assert.equal(origins.api.requests[0]?.path, '/api/v3/feeds/ip_addresses/hourly/2026112210');
    });

    it('takes a batch the API gives without a redirect', async () => {
      origins.api.answer = reply(200, {}, BODY);
      assert.deepEqual(await origins.read(), BODY);
      assert.deepEqual(origins.asked, [1, 0]);
    });

    it('opens an artifact under the link of its record, on its own origin', async () => {
      const link = parseArtifactLink(artifactUrl('file-behaviours', tokenOf(SHA256), 'pcap'));
      assert.ok(link !== undefined);
      const { stream } = await origins.client.openArtifact('file_behaviours', link, origins.signal);
      assert.deepEqual(await readAll(stream), BODY);
      assert.equal(origins.api.requests[0]?.path, link.path);
    });

    it('asks nobody for a time outside the window', async () => {
      const soon = await origins.failsWith('notAvailableYet', () =>
        origins.open({ feed: 'files', slot: minute('202611221131') }),
      );
      assert.equal(soon.facts.retryAt, Date.UTC(2026, 10, 22, 12, 31));
      await origins.failsWith('notAvailableYet', () =>
        origins.open({ feed: 'files', slot: hour('2026112211') }),
      );
      await origins.failsWith('tooOld', () => origins.open({ feed: 'files', slot: minute('202611151229') }));
      assert.deepEqual(origins.asked, [0, 0]);
    });
  });

  describe('redirects', () => {
    it('does not send the key to the API again when the storage leads back there', async () => {
      origins.api.answer = inTurn(
        reply(302, { location: `${origins.storage.origin}/b` }),
        reply(200, {}, BODY),
      );
      origins.storage.answer = reply(302, {
        location: `${origins.api.origin}/api/v3/feeds/files/202611221003`,
      });
      assert.deepEqual(await origins.read(), BODY);
      const [first, again] = origins.api.requests.map(({ head }) => head.includes(CANARY_KEY));
      assert.deepEqual([first, again], [true, false]);
    });

    it('follows three, and no fourth', async () => {
      origins.storage.answer = (socket, { path }) => {
        const left = Number(path.slice(1)) - 1;
        socket.end(
          left === 0 ? answerBytes(200, {}, BODY) : answerBytes(307, { location: `/${String(left)}` }),
        );
      };
      origins.api.answer = reply(302, { location: `${origins.storage.origin}/3` });
      assert.deepEqual(await origins.read(), BODY);
      origins.api.answer = reply(302, { location: `${origins.storage.origin}/4` });
      await origins.failsWith('redirectRefused');
      assert.deepEqual(origins.asked, [2, 6]);
    });

    it('ends on a loop', async () => {
      origins.storage.answer = reply(302, { location: '/again' });
      await origins.failsWith('redirectRefused');
      assert.deepEqual(origins.asked, [1, 3]);
    });

    const refused: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
      ['without a Location', {}],
      ['with an empty Location', { location: '' }],
      ['to a file', { location: 'file:///etc/passwd' }],
      ['to data', { location: 'data:text/plain,x' }],
      ['to a script', { location: 'javascript:alert(1)' }],
      ['to a private address', { location: 'https://192.168.1.1/b' }],
      ['to the metadata service', { location: 'http://169.254.169.254/latest' }],
      ['to http elsewhere', { location: 'http://storage.example/b' }],
      ['with a user name', { location: `http://${CANARY_KEY}@127.0.0.1:1/b` }],
      ['to what is no address', { location: `https://${CANARY_KEY} x/` }],
    ];
    for (const [what, headers] of refused) {
      it(`refuses one ${what}, and says so without its address`, async () => {
        origins.api.answer = reply(302, headers);
        await origins.failsWith('redirectRefused');
        assert.deepEqual(origins.asked, [1, 0]);
      });
    }
  });

  describe('refusals', () => {
    const rows: readonly (readonly [status: number, code: string, expected: ErrorCode, requests: number])[] =
      [
        [404, 'NotFoundError', 'missingBatch', 1],
        [400, 'NotAvailableYet', 'notAvailableYet', 1],
        [400, 'BadRequestError', 'invalidArgument', 1],
        [401, 'WrongCredentialsError', 'wrongApiKey', 1],
        [403, 'ForbiddenError', 'noLicence', 1],
        [429, 'QuotaExceededError', 'quotaExceeded', 1],
        [429, 'TooManyRequestsError', 'quotaExceeded', 1],
        [500, '', 'server', 3],
        [503, 'TransientError', 'server', 3],
        [504, 'DeadlineExceededError', 'server', 3],
        [204, '', 'protocol', 1],
        [304, '', 'protocol', 1],
        [300, '', 'protocol', 1],
      ];
    for (const [status, code, expected, requests] of rows) {
      it(`meets ${String(status)} ${code} with ${expected} after ${String(requests)} requests`, async () => {
        origins.api.answer = reply(
          status,
          {},
          status === 204 || status === 304 ? '' : envelope(code, 'said'),
        );
        await origins.failsWith(expected);
        assert.deepEqual(origins.asked, [requests, 0]);
      });
    }

    it('goes on when a server error passes', async () => {
      origins.api.answer = inTurn(
        reply(503),
        reply(502, {}, '<html>'),
        reply(302, { location: `${origins.storage.origin}/b` }),
      );
      assert.deepEqual(await origins.read(), BODY);
    });

    it('honours Retry-After instead of asking again', async () => {
      origins.api.answer = reply(429, { 'retry-after': '3600' }, envelope('QuotaExceededError'));
      const { facts } = await origins.failsWith('quotaExceeded');
      assert.equal(facts.retryAt, NOW + 3_600_000);
      assert.deepEqual(origins.asked, [1, 0]);
    });

    const bodies: readonly (readonly [what: string, body: string])[] = [
      ['a web page', '<html><a href="https://evil.example">Log in</a></html>'],
      ['a megabyte', envelope('WrongCredentialsError', 'x'.repeat(1_000_000))],
      ['invalid JSON', '{"error":'],
      ['nothing', ''],
      ['a command link', envelope('WrongCredentialsError', '[renew](command:workbench.action.quit)')],
      ['the key itself', envelope('WrongCredentialsError', `Wrong API key ${CANARY_KEY}`)],
      ['the key in capitals, past the cap', envelope('x', `${'x'.repeat(270)} ${CANARY_KEY.toUpperCase()}`)],
      ['the key as the code', envelope(CANARY_KEY, 'x')],
    ];
    for (const [what, body] of bodies) {
      it(`stays short and safe when the error body is ${what}`, async () => {
        origins.api.answer = reply(401, {}, body);
        const { message } = await origins.failsWith('wrongApiKey');
        assert.ok(message.length < 500);
        assert.doesNotMatch(message, /\]\(|<html|evil\.example/u);
      });
    }

    it('tells no key that comes back in a header', async () => {
      origins.api.answer = reply(302, { etag: CANARY_KEY, location: `http://storage.example/${CANARY_KEY}` });
      await origins.failsWith('redirectRefused');
      origins.api.answer = reply(429, { 'retry-after': CANARY_KEY });
      await origins.failsWith('quotaExceeded');
    });
  });

  describe('the storage', () => {
    it('is asked through a fresh link, once, when the link has expired', async () => {
      origins.storage.answer = inTurn(reply(403, {}, XML), reply(200, {}, BODY));
      assert.deepEqual(await origins.read(), BODY);
      assert.deepEqual(origins.asked, [2, 2]);
      assert.ok(origins.api.requests.every(({ head }) => head.includes(CANARY_KEY)));
    });

    for (const status of [400, 403, 404, 410]) {
      it(`that goes on answering ${String(status)} is a link that has expired, not a wrong key`, async () => {
        origins.storage.answer = reply(status, {}, XML);
        await origins.failsWith('linkExpired');
        assert.deepEqual(origins.asked, [2, 2]);
      });
    }

    it('is asked three times in all when it has a problem', async () => {
      origins.storage.answer = reply(503, {}, XML);
      const error = await origins.failsWith('server');
      assert.equal(error.facts.status, 503);
      assert.deepEqual(origins.asked, [3, 3]);
    });

    for (const status of [204, 206, 304]) {
      it(`that answers ${String(status)} gives no batch`, async () => {
        origins.storage.answer = reply(status, {}, status === 206 ? BODY : '');
        await origins.failsWith('protocol');
      });
    }

    it('may not compress the batch a second time', async () => {
      origins.storage.answer = reply(200, { 'content-encoding': 'gzip' }, BODY);
      await origins.failsWith('protocol');
      origins.storage.answer = reply(200, { 'content-encoding': 'identity' }, BODY);
      assert.deepEqual(await origins.read(), BODY);
    });

    it('need not say how much it sends', async () => {
      origins.storage.answer = (socket) => {
        socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${BODY.toString()}`);
      };
      const { stream, length } = await origins.open();
      assert.equal(length, undefined);
      assert.deepEqual(await readAll(stream), BODY);
    });
  });

  describe('a body that breaks off', () => {
    const head = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`;
    const cuts: readonly (readonly [what: string, answer: RawAnswer])[] = [
      [
        'short of its length, with a FIN that was announced',
        (socket) => socket.end(`${head('connection: close\r\ncontent-length: 100')}short`),
      ],
      ['short of its length, with a FIN', (socket) => socket.end(`${head('content-length: 100')}short`)],
      [
        'short of its length, with a RST',
        (socket) => {
          socket.write(`${head('content-length: 100')}short`, () => socket.resetAndDestroy());
        },
      ],
      [
        'chunked, without its last chunk',
        (socket) => socket.end(`${head('transfer-encoding: chunked')}5\r\nshort\r\n`),
      ],
    ];
    for (const [what, answer] of cuts) {
      it(`is cutShort: ${what}`, async () => {
        origins.storage.answer = answer;
        await origins.failsWith('cutShort');
      });
    }

    it('is one that somebody cancelled', async () => {
      origins.storage.answer = (socket) => socket.write(`${head('content-length: 100')}short`);
      const { stream } = await origins.open();
      await origins.failsWith('cancelled', async () => {
        for await (const chunk of stream) {
          assert.equal(String(chunk), 'short');
          origins.abort();
        }
      });
    });
  });

  describe('answers that are not HTTP', () => {
    const answers: readonly (readonly [what: string, answer: string])[] = [
      ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
      ['two lengths that differ', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
      [
        'a length and chunks',
        'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
      ],
      ['a header of 100 KB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\ncontent-length: 0\r\n\r\n`],
    ];
    for (const [what, answer] of answers) {
      it(`are told apart: ${what}`, async () => {
        origins.api.answer = (socket) => socket.end(answer);
        await origins.failsWith('protocol');
      });
    }
  });

  describe('probe', () => {
    const rows: readonly (readonly [status: number, code: string, licence: string])[] = [
      [302, '', 'licensed'],
      [200, '', 'licensed'],
      [404, 'NotFoundError', 'licensed'],
      [400, 'NotAvailableYet', 'licensed'],
      [403, 'ForbiddenError', 'unlicensed'],
    ];
    for (const [status, code, licence] of rows) {
      it(`takes ${String(status)} as ${licence}, with one request for the newest minute`, async () => {
        origins.api.answer = reply(status, { location: origins.storage.origin }, envelope(code));
        assert.equal(await origins.client.probe('urls', origins.signal), licence);
        assert.deepEqual(origins.asked, [1, 0]);
        assert.equal(origins.api.requests[0]?.path, '/api/v3/feeds/urls/202611221130');
      });
    }

    it('does not call a feed unlicensed for another reason', async () => {
      for (const [status, code] of [
        [401, 'wrongApiKey'],
        [429, 'quotaExceeded'],
        [503, 'server'],
      ] as const) {
        origins.api.answer = reply(status, {}, '');
        await origins.failsWith(code, () => origins.client.probe('urls', origins.signal));
      }
    });
  });
});

describe('FeedClient and the bodies it does not read', () => {
  const scripts: readonly (readonly [
    what: string,
    script: ConstructorParameters<typeof FakeTransport>[0],
  ])[] = [
    ['a refusal', () => [404, {}, envelope('NotFoundError')]],
    ['a refused redirect', () => [302, { location: 'http://x.example/' }, 'moved']],
    ['a loop', () => [302, { location: 'https://storage.example/' }, 'moved']],
    [
      'an expired link',
      (url) => (url.pathname === '/b' ? [403, {}, XML] : [302, { location: 'https://s.example/b' }]),
    ],
    ['a second compression', () => [200, { 'content-encoding': 'br' }, 'x']],
  ];
  for (const [what, script] of scripts) {
    it(`closes them all after ${what}`, async () => {
      const transport = new FakeTransport(script);
      const gate = new ApiGate(
        { origin: 'https://www.virustotal.com', apiKey: CANARY_KEY },
        transport,
        false,
      );
      const client = new FeedClient(gate, () => NOW, false, 0);
      await assert.rejects(client.openBatch(MINUTE, new AbortController().signal), VtFeedsError);
      assert.ok(transport.bodies.length > 0);
      assert.ok(transport.bodies.every((body) => body.destroyed));
    });
  }
});
