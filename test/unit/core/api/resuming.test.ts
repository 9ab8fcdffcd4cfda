import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { PATIENCE } from '../../../../src/core/api/patience.ts';
import type { RemoteBody } from '../../../../src/core/api/body/remote-body.ts';
import { Crc32c } from '../../../../src/core/common/crc32c.ts';
import { toVtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { CANARY_KEY } from '../../../support/canary.ts';
import { answerBytes, inTurn, reply } from '../../../support/raw-server.ts';
import type { RawAnswer } from '../../../support/raw-server.ts';
import { FIN, RST, SILENCE, StoredBytes } from '../../../support/stored-bytes.ts';
import { readAll } from '../../../support/streams.ts';
import { TwoOrigins } from '../../../support/two-origins.ts';

/** No stretch of it is like another, so that a gap or a splice shows. */
const CONTENT = Buffer.from(Array.from({ length: 30_000 }, (_, at) => at * 31 + (at >> 8)));
const OTHER = Buffer.from(CONTENT).fill(0, 10_000);
const OBJECT = new StoredBytes(CONTENT);
const XML = '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>';
const CUT = OBJECT.sendOnly(10_000, FIN);
const BREAKS = 3;
const PACE = { ...PATIENCE.pace, stallMs: 20, windowMs: 4000 };

function md5(content: Buffer): string {
  return `md5=${createHash('md5').update(content).digest('base64')}`;
}

describe('FeedClient and a download that breaks', () => {
  let origins: TwoOrigins;
  beforeEach(async () => {
    origins = await TwoOrigins.listen({ patience: { pace: PACE, breaks: BREAKS } });
  });
  afterEach(() => origins.close());

  /** The storage answers so, one after the other. */
  function storage(...answers: readonly RawAnswer[]): void {
    origins.storage.answer = inTurn(...answers);
  }

  /** The ranges that the storage was asked for. */
  function ranges(): readonly (string | undefined)[] {
    return origins.storage.requests.map(({ head }) => /^range: (.*)$/imu.exec(head)?.[1]);
  }

  /** Reads to the end; `onBytes` hears how much has come, once the network is being waited for again. */
  async function readTelling({ stream }: RemoteBody, onBytes: (received: number) => void): Promise<Buffer> {
    let received = 0;
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      setImmediate(onBytes, received);
    });
    return readAll(stream);
  }

  /** Reads until it fails; what came before must be the beginning of the content. */
  async function failsOnItsWay(code: ErrorCode): Promise<void> {
    const { stream } = await origins.open();
    const came: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => came.push(chunk));
    const [error] = (await once(stream, 'error')) as [unknown];
    await origins.failsWith(code, () => Promise.reject(toVtFeedsError(error)));
    const bytes = Buffer.concat(came);
    assert.ok(bytes.length > 0 && CONTENT.subarray(0, bytes.length).equals(bytes), 'bytes of another object');
  }

  describe('and goes on', () => {
    const chunked: RawAnswer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\netag: "one"\r\ntransfer-encoding: chunked\r\n\r\n2710\r\n');
      socket.end(Buffer.concat([CONTENT.subarray(0, 10_000), Buffer.from('\r\n')]));
    };
    const breaks: readonly (readonly [what: string, answer: RawAnswer])[] = [
      ['with a FIN', CUT],
      ['with a RST', OBJECT.sendOnly(10_000, RST)],
      ['chunked, without its last chunk', chunked],
    ];
    for (const [what, answer] of breaks) {
      it(`where it broke ${what}`, async () => {
        storage(answer, OBJECT.send);
        assert.ok((await origins.read()).equals(CONTENT));
        assert.match(ranges().join(), /^,bytes=\d+-$/u);
      });
    }

    for (const [what, pass] of [
      ['fell silent', 'advance'],
      ['slept with the machine', 'sleep'],
    ] as const) {
      it(`where it ${what}`, async () => {
        storage(OBJECT.sendOnly(10_000, SILENCE), OBJECT.send);
        const content = await readTelling(await origins.open(), (received) => {
          if (received === 10_000) origins.clock[pass](3 * 86_400_000);
        });
        assert.ok(content.equals(CONTENT));
        assert.deepEqual(ranges(), [undefined, 'bytes=10000-']);
      });
    }

    it('where it dripped', async () => {
      let dripping: Socket | undefined;
      storage(
        OBJECT.sendOnly(1, (socket) => (dripping = socket)),
        OBJECT.send,
      );
      const content = await readTelling(await origins.open(), (received) => {
        if (origins.storage.requests.length > 1) return;
        origins.clock.advance(400);
        dripping?.write(CONTENT.subarray(received, received + 1));
      });
      assert.ok(content.equals(CONTENT));
      assert.deepEqual(ranges(), [undefined, 'bytes=10-']);
    });

    it('again and again, each time by a fresh link from the API, with the key for the API alone', async () => {
      storage(OBJECT.sendOnly(10_000, FIN), OBJECT.sendOnly(5000, RST), OBJECT.sendOnly(1, FIN), OBJECT.send);
      assert.ok((await origins.read()).equals(CONTENT));
      assert.deepEqual(ranges(), [undefined, 'bytes=10000-', 'bytes=15000-', 'bytes=15001-']);
      const links = origins.storage.requests.map(({ path }) => path);
      assert.equal(new Set(links).size, 4);
      for (const { head } of origins.api.requests) {
        assert.ok(head.includes(CANARY_KEY));
        assert.doesNotMatch(head, /^(?:range|if-)/imu);
      }
    });

    it('only with the object it began with', async () => {
      storage(CUT, OBJECT.send);
      await origins.read();
      const { head = '' } = origins.storage.requests[1] ?? {};
      assert.match(head, /^if-match: "one"$/imu);
      assert.match(head, /^if-range: "one"$/imu);
    });

    it('with the API, where that sends the object itself', async () => {
      origins.api.answer = inTurn(CUT, OBJECT.send);
      assert.ok((await origins.read()).equals(CONTENT));
      assert.deepEqual(origins.asked, [2, 0]);
      assert.match(origins.api.requests[1]?.head ?? '', /^range: bytes=10000-$/imu);
    });

    it('from its beginning where no byte had come, whatever the validator', async () => {
      const weak = new StoredBytes(CONTENT, { etag: 'W/"one"' });
      storage(weak.sendOnly(0, FIN), weak.sendOnly(0, RST), weak.send);
      assert.ok((await origins.read()).equals(CONTENT));
      assert.deepEqual(ranges(), [undefined, undefined, undefined]);
    });

    it('by generation and hash where there is no ETag', async () => {
      const object = new StoredBytes(CONTENT, { 'x-goog-generation': '7', 'x-goog-hash': md5(CONTENT) });
      storage(object.sendOnly(10_000, FIN), object.send);
      assert.ok((await origins.read()).equals(CONTENT));
      assert.deepEqual(ranges(), [undefined, 'bytes=10000-']);
    });

    it('past a link that expired meanwhile, which is no wrong key', async () => {
      storage(CUT, reply(403, {}, XML), OBJECT.send);
      assert.ok((await origins.read()).equals(CONTENT));
      assert.deepEqual(origins.asked, [3, 3]);
    });

    it('past servers in trouble and a short pause', async () => {
      const busy = reply(429, { 'retry-after': '20' });
      storage(CUT, reply(503), busy, OBJECT.sendOnly(100, FIN), reply(500), OBJECT.send);
      assert.ok((await origins.read()).equals(CONTENT));
    });

    it('as often as it takes, while enough comes between', async () => {
      const large = Buffer.concat(Array.from({ length: 300 }, () => CONTENT));
      const object = new StoredBytes(large);
      const cuts = Array.from({ length: BREAKS + 4 }, () => object.sendOnly(1_100_000, FIN));
      storage(...cuts, object.send);
      assert.ok((await origins.read()).equals(large));
      assert.equal(origins.storage.requests.length, BREAKS + 5);
    });
  });

  describe('and has to begin again', () => {
    const another = new StoredBytes(OTHER, { etag: '"two"' });
    const range = 'bytes 10000-29999/30000';
    const rest = OTHER.subarray(10_000);
    const answers: readonly (readonly [what: string, answer: RawAnswer])[] = [
      ['the range is answered with 200', reply(200, { etag: '"one"' }, OTHER)],
      ['the range is answered with another object', another.send],
      ['the ETag is gone', reply(206, { 'content-range': range }, rest)],
      [
        'the range is another one',
        reply(206, { etag: '"one"', 'content-range': 'bytes 9999-29998/30000' }, rest),
      ],
      ['no range is named', reply(206, { etag: '"one"' }, rest)],
      [
        'the total is another one',
        reply(206, { etag: '"one"', 'content-range': 'bytes 10000-29999/30001' }, rest),
      ],
      ['there is no such range', reply(416, { 'content-range': 'bytes */30000' })],
      ['the object is not the same', reply(412)],
    ];
    for (const [what, answer] of answers) {
      it(`where ${what}`, async () => {
        storage(CUT, answer);
        await failsOnItsWay('cutShort');
        assert.deepEqual(origins.asked, [2, 2]);
      });
    }

    for (const headers of [{}, { etag: 'W/"one"' }, { 'x-goog-generation': '7' }]) {
      it(`where nothing tells its rest from that of another: ${JSON.stringify(headers)}`, async () => {
        storage(new StoredBytes(CONTENT, headers).sendOnly(10_000, FIN));
        await failsOnItsWay('cutShort');
        assert.deepEqual(origins.asked, [1, 1]);
      });
    }

    it('where an object that never began has another length now', async () => {
      storage(OBJECT.sendOnly(0, FIN), reply(200, {}, CONTENT.subarray(1)));
      await origins.failsWith('cutShort');
    });
  });

  describe('and ends', () => {
    it('where it breaks again and again with next to nothing between', async () => {
      storage(OBJECT.sendOnly(1, FIN));
      await failsOnItsWay('offline');
      assert.equal(origins.storage.requests.length, BREAKS + 1);
    });

    const refusals: readonly (readonly [status: number, code: ErrorCode])[] = [
      [401, 'wrongApiKey'],
      [403, 'noLicence'],
      [404, 'missingBatch'],
      [400, 'invalidArgument'],
      [429, 'quotaExceeded'],
    ];
    for (const [status, code] of refusals) {
      it(`where the API answers ${String(status)}, with one request`, async () => {
        origins.api.answer = inTurn(origins.api.answer, reply(status));
        storage(CUT);
        await failsOnItsWay(code);
        assert.deepEqual(origins.asked, [2, 1]);
      });
    }

    it('at once when it is cancelled while it waits for the network', async () => {
      storage(OBJECT.sendOnly(10_000, SILENCE));
      await origins.failsWith('cancelled', async () =>
        readTelling(await origins.open(), () => {
          origins.abort();
        }),
      );
      assert.deepEqual(origins.asked, [1, 1]);
    });

    it('its connection when its reader lets go of it', async () => {
      let closed: Promise<unknown> | undefined;
      storage(
        OBJECT.sendOnly(10_000, (socket) => {
          closed = once(socket, 'close');
        }),
      );
      const { stream } = await origins.open();
      await once(stream, 'data');
      stream.destroy();
      await closed;
      assert.deepEqual(origins.asked, [1, 1]);
    });

    it('its attempt to go on when its reader lets go of it', async () => {
      let closed: Promise<unknown> | undefined;
      const asked = new Promise<void>((resolve) => {
        storage(CUT, (socket) => {
          closed = once(socket, 'close');
          resolve();
        });
      });
      const { stream } = await origins.open();
      stream.resume();
      await asked;
      stream.destroy();
      await closed;
    });
  });

  describe('and what came', () => {
    const crc = `crc32c=${new Crc32c().update(CONTENT).digest().toString('base64')}`;

    for (const hash of [md5(CONTENT), crc, `${crc}, ${md5(CONTENT)}`]) {
      it(`is held against its hash over every piece: ${hash.slice(0, 30)}`, async () => {
        const object = new StoredBytes(CONTENT, { etag: '"one"', 'x-goog-hash': hash });
        storage(object.sendOnly(10_000, FIN), object.sendOnly(7, RST), object.send);
        assert.ok((await origins.read()).equals(CONTENT));
      });
    }

    for (const hash of [md5(OTHER), 'crc32c=AAAAAA==']) {
      it(`is not whole where it does not match: ${hash}`, async () => {
        storage(reply(200, { 'x-goog-hash': hash }, CONTENT));
        await failsOnItsWay('hashMismatch');
        assert.deepEqual(origins.asked, [1, 1]);
      });
    }

    it('is not taken for whole where a storage splices two objects under one ETag', async () => {
      const spliced = new StoredBytes(OTHER, { etag: '"one"' });
      const object = new StoredBytes(CONTENT, { etag: '"one"', 'x-goog-hash': md5(CONTENT) });
      storage(object.sendOnly(10_000, FIN), spliced.send);
      await origins.failsWith('hashMismatch');
    });

    for (const fault of [FIN, RST]) {
      it(`is not whole where only its hash can tell that it was cut with a ${fault === FIN ? 'FIN' : 'RST'}`, async () => {
        storage((socket) => {
          const head = `HTTP/1.1 200 OK\r\nx-goog-hash: ${md5(CONTENT)}\r\nconnection: close\r\n\r\n`;
          socket.write(Buffer.concat([Buffer.from(head), CONTENT.subarray(0, 10_000)]), () => {
            fault(socket);
          });
        });
        await failsOnItsWay('hashMismatch');
      });
    }

    it('is held against both hashes of a header that comes twice', async () => {
      storage((socket) => {
        const [head = '', body = ''] = answerBytes(200, { 'x-goog-hash': 'crc32c=AAAAAA==' }, CONTENT)
          .toString('latin1')
          .split('\r\n\r\n', 2);
        socket.end(Buffer.from(`${head}\r\nx-goog-hash: ${md5(OTHER)}\r\n\r\n${body}`, 'latin1'));
      });
      await origins.failsWith('hashMismatch');
    });

    it('is what was announced and no byte more', async () => {
      storage((socket) => {
        const surplus = Buffer.from('and more');
        socket.end(Buffer.concat([answerBytes(200, { 'x-goog-hash': md5(CONTENT) }, CONTENT), surplus]));
      });
      assert.ok((await origins.read()).equals(CONTENT));
    });
  });
});
