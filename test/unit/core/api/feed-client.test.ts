import assert from 'node:assert/strict';
import { ApiGate } from '../../../../src/core/api/api-gate.ts';
import type { RemoteBody } from '../../../../src/core/api/body/remote-body.ts';
import { FeedClient } from '../../../../src/core/api/feed-client.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { parseArtifactLink } from '../../../../src/core/feed/artifact-link.ts';
import type { BatchId } from '../../../../src/core/feed/batch-id.ts';
import { CANARY_KEY } from '../../../support/canary.ts';
import { PatientClock } from '../../../support/patient-clock.ts';
import { FakeTransport, envelope } from '../../../support/fake-transport.ts';
import { answerBytes, inTurn, reply } from '../../../support/raw-server.ts';
import { SHA256, artifactUrl, hour, minute, tokenOf } from '../../../support/records.ts';
import { readAll } from '../../../support/streams.ts';
import { BODY, MINUTE, NOW, TwoOrigins } from '../../../support/two-origins.ts';

const HOUR: BatchId = { feed: 'ip_addresses', slot: hour('2026112210') };
const XML = '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>';

describe('FeedClient', () => {
  let origins: TwoOrigins;
  beforeEach(async () => {
    origins = await TwoOrigins.listen();
  });
  afterEach(() => origins.close());

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
      assert.equal(fetched?.path, '/b.bz2?Signature=s1');
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
        [500, '', 'server', 4],
        [503, 'TransientError', 'server', 4],
        [504, 'DeadlineExceededError', 'server', 4],
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

    it('meets a web page with protocol: what it says of key and times is not the word of the API', async () => {
      for (const status of [401, 403, 404]) {
        origins.api.answer = reply(status, { 'content-type': 'text/html' }, '<html>Log in</html>');
        assert.match((await origins.failsWith('protocol')).message, /web page/u);
      }
      assert.deepEqual(origins.asked, [3, 0]);
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
      origins.api.answer = reply(302, { location: `${origins.storage.origin}/b?key=${CANARY_KEY}` });
      await origins.failsWith('redirectRefused');
      assert.deepEqual(origins.storage.requests, []);
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

    it('is asked four times in all when it has a problem', async () => {
      origins.storage.answer = reply(503, {}, XML);
      const error = await origins.failsWith('server');
      assert.equal(error.facts.status, 503);
      assert.deepEqual(origins.asked, [4, 4]);
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

  describe('a captive portal', () => {
    it('is told from a batch, wherever it answers', async () => {
      const portal = reply(200, { 'content-type': 'text/html; charset=utf-8' }, '<html>Log in</html>');
      origins.storage.answer = portal;
      assert.match((await origins.failsWith('notBzip2')).message, /web page instead.*log in/u);
      origins.api.answer = portal;
      await origins.failsWith('notBzip2');
      assert.deepEqual(origins.asked, [2, 1]);
    });

    it('is told from an artifact, but for one that may be a page itself', async () => {
      origins.api.answer = reply(200, { 'content-type': 'text/html' }, '<html>');
      const open = (kind: 'pcap' | 'html'): Promise<RemoteBody> => {
        const link = parseArtifactLink(artifactUrl('file-behaviours', tokenOf(SHA256), kind));
        return origins.client.openArtifact('file_behaviours', link ?? assert.fail(), origins.signal);
      };
      await origins.failsWith('protocol', () => open('pcap'));
      assert.equal(String(await readAll((await open('html')).stream)), '<html>');
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
        [503, 'server'],
        [429, 'quotaExceeded'],
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
    ['a web page', () => [200, { 'content-type': 'text/html' }, '<html>']],
    ['no success', () => [204]],
  ];
  for (const [what, script] of scripts) {
    it(`closes them all after ${what}`, async () => {
      const transport = new FakeTransport(script);
      const gate = new ApiGate({ origin: 'https://www.virustotal.com', apiKey: CANARY_KEY }, transport);
      const client = new FeedClient(gate, new PatientClock(NOW));
      await assert.rejects(client.openBatch(MINUTE, new AbortController().signal), VtFeedsError);
      assert.ok(transport.bodies.length > 0);
      assert.ok(transport.bodies.every((body) => body.destroyed));
    });
  }
});
