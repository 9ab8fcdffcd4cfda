import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { byteRange, cut } from '../../../src/sample/http/byte-range.ts';
import { pause } from '../../../src/sample/http/pace.ts';
import { startSampleServer } from '../../../src/sample/sample-server.ts';
import type { SampleServer } from '../../../src/sample/sample-server.ts';
import { LINK_LIFETIME_MS } from '../../../src/sample/storage/signed-link.ts';
import { ask, askApi, download } from './client.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 30);
const MINUTE = 'files/202611221005';

describe('the storage origin', () => {
  let now = NOW;
  let server: SampleServer;
  before(async () => {
    server = await startSampleServer({ now: () => now, recordsPerMinute: 1 });
  });
  beforeEach(() => {
    now = NOW;
  });
  after(() => server.close());

  it('tells length, strong ETag, hashes and that it takes ranges', async () => {
    const { headers, body } = await download(server, MINUTE);
    assert.equal(headers['content-length'], String(body.length));
    assert.match(headers.etag ?? '', /^"[0-9a-f]{32}"$/u);
    assert.equal(headers['accept-ranges'], 'bytes');
    const md5 = createHash('md5').update(body).digest('base64');
    assert.match(
      headers['x-goog-hash'] ?? '',
      new RegExp(`^crc32c=[A-Za-z0-9+/]{6}==, md5=${md5.replaceAll('+', '\\+')}$`, 'u'),
    );
  });

  it('resumes where a download broke off', async () => {
    const { headers, body } = await download(server, MINUTE);
    const rest = await download(server, MINUTE, { range: 'bytes=1000-', 'if-range': headers.etag ?? '' });
    assert.equal(rest.status, 206);
    assert.equal(
      rest.headers['content-range'],
      `bytes 1000-${String(body.length - 1)}/${String(body.length)}`,
    );
    assert.ok(rest.body.equals(body.subarray(1000)));
  });

  it('sends the whole when If-Range names another object', async () => {
    const { status, body } = await download(server, MINUTE, { range: 'bytes=1000-', 'if-range': '"other"' });
    assert.equal(status, 200);
    assert.ok(body.equals((await download(server, MINUTE)).body));
  });

  it('answers 416 for a range after the end', async () => {
    const { status, headers, body } = await download(server, MINUTE, { range: 'bytes=99999999-' });
    assert.equal(status, 416);
    assert.match(headers['content-range'] ?? '', /^bytes \*\/\d+$/u);
    assert.equal(body.length, 0);
  });

  it('sends an hour as it is made, without a length, and a part of it with one', async () => {
    const hour = 'files/hourly/2026112209';
    const { headers, body } = await download(server, hour);
    assert.equal(headers['content-length'], undefined);
    assert.match(headers.etag ?? '', /^"[0-9a-f]{32}"$/u);
    const part = await download(server, hour, {
      range: 'bytes=5000-5999',
      'if-range': headers.etag ?? '',
    });
    assert.equal(part.headers['content-range'], `bytes 5000-5999/${String(body.length)}`);
    assert.ok(part.body.equals(body.subarray(5000, 6000)));
  });

  it('refuses a link that was changed or has ended, in the words of a storage', async () => {
    const {
      headers: { location = '' },
    } = await askApi(server, MINUTE);
    const changed = await ask(location.replace('202611221005', '202611221006'));
    assert.equal(changed.status, 403);
    assert.match(changed.body.toString(), /^<\?xml .*<Code>SignatureDoesNotMatch<\/Code>/u);
    assert.equal((await ask(location.split('?')[0] ?? '')).status, 403);
    now = NOW + LINK_LIFETIME_MS - 1000;
    assert.equal((await ask(location)).status, 200);
    now = NOW + LINK_LIFETIME_MS;
    const ended = await ask(location);
    assert.equal(ended.status, 403);
    assert.match(ended.body.toString(), /<Code>ExpiredToken<\/Code>/u);
    assert.equal(ended.headers['content-type'], 'application/xml; charset=UTF-8');
  });

  it('wants no key and is not put off by one', async () => {
    const {
      headers: { location = '' },
    } = await askApi(server, MINUTE);
    assert.equal((await ask(location, { 'x-apikey': 'anything' })).status, 200);
    assert.equal(server.requests.at(-1)?.keySent, true);
  });

  it('answers HEAD with the headers alone', async () => {
    const {
      headers: { location = '' },
    } = await askApi(server, MINUTE);
    const { status, headers, body } = await ask(location, {}, 'HEAD');
    assert.equal(status, 200);
    assert.ok(Number(headers['content-length']) > 1000);
    assert.equal(body.length, 0);
  });

  it('sends the same at a set speed', async () => {
    const slow = await startSampleServer({
      now: () => now,
      recordsPerMinute: 1,
      bytesPerSecond: 100_000_000,
    });
    try {
      const { headers, body } = await download(slow, MINUTE);
      assert.equal(headers['x-goog-hash']?.slice(-24), createHash('md5').update(body).digest('base64'));
    } finally {
      await slow.close();
    }
  });
});

describe('byteRange', () => {
  const TABLE = [
    [undefined, { kind: 'whole' }],
    ['bytes=0-', { kind: 'part', from: 0, to: 100 }],
    ['bytes=10-19', { kind: 'part', from: 10, to: 20 }],
    ['bytes=90-200', { kind: 'part', from: 90, to: 100 }],
    ['bytes=-10', { kind: 'part', from: 90, to: 100 }],
    ['bytes=-200', { kind: 'part', from: 0, to: 100 }],
    ['bytes=100-', { kind: 'none' }],
    ['bytes=20-10', { kind: 'none' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['lines=0-1', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
  ] as const;
  for (const [header, range] of TABLE) {
    it(`reads ${header ?? 'no header'}`, () => {
      assert.deepEqual(byteRange(header, 100), range);
    });
  }
});

describe('cut', () => {
  it('takes a stretch out of pieces, wherever they end', async () => {
    const whole = Buffer.from('0123456789');
    for (let size = 1; size <= 10; size++) {
      const pieces = Array.from({ length: Math.ceil(10 / size) }, (_, at) =>
        whole.subarray(at * size, (at + 1) * size),
      );
      for (const [from, to] of [
        [0, 10],
        [3, 7],
        [9, 10],
        [0, Infinity],
      ] as const) {
        const parts: Buffer[] = [];
        for await (const part of cut(pieces, from, to)) parts.push(part);
        assert.equal(Buffer.concat(parts).toString(), '0123456789'.slice(from, to));
      }
    }
  });
});

describe('pause', () => {
  it('waits for as long as the bytes sent are ahead of the speed', () => {
    assert.equal(pause(1000, 0, 1000), 1000);
    assert.equal(pause(1000, 400, 1000), 600);
    assert.equal(pause(1000, 5000, 1000), 0);
  });
});
