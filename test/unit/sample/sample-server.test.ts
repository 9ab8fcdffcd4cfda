import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { FEEDS } from '../../../src/core/feed/feed.ts';
import { jsonAt, textAt } from '../../../src/core/feed/json.ts';
import type { Json } from '../../../src/core/feed/json.ts';
import { artifactLinkOf } from '../../../src/core/feed/record-facts.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, minuteAt } from '../../../src/core/feed/slot.ts';
import { isMissing, plantedGap } from '../../../src/sample/batches/missing-minutes.ts';
import { startSampleServer } from '../../../src/sample/sample-server.ts';
import type { SampleServer } from '../../../src/sample/sample-server.ts';
import { ask, askApi, download } from './client.ts';
import type { Answer } from './client.ts';
import { decompress, untar } from './decompress.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 30);

describe('the sample server', () => {
  let now = NOW;
  let server: SampleServer;
  before(async () => {
    server = await startSampleServer({ now: () => now, recordsPerMinute: 2, unlicensed: ['domains'] });
  });
  beforeEach(() => {
    now = NOW;
  });
  after(() => server.close());

  it('listens on two ports of the loopback address and has a key of 64 hex digits', () => {
    assert.match(server.origin, /^http:\/\/127\.0\.0\.1:\d+$/u);
    assert.match(server.storageOrigin, /^http:\/\/127\.0\.0\.1:\d+$/u);
    assert.notEqual(server.origin, server.storageOrigin);
    assert.match(server.key, /^[0-9a-f]{64}$/u);
  });

  for (const feed of FEEDS.filter((name) => name !== 'domains')) {
    it(`serves a minute and an hour of ${feed}, by a redirect to the storage`, async () => {
      const { status, headers } = await askApi(server, `${feed}/202611221005`);
      assert.equal(status, 302);
      assert.equal(new URL(headers.location ?? '').origin, server.storageOrigin);
      const minute = await download(server, `${feed}/202611221005`);
      assert.equal(minute.status, 200);
      assert.equal(minute.headers['content-length'], String(minute.body.length));
      const text = await decompress(minute.body);
      const lines = text.toString().trimEnd().split('\n');
      assert.equal(lines.length, 2);
      const hour = await download(server, `${feed}/hourly/2026112210`);
      const members = await untar(await decompress(hour.body));
      assert.ok(members.get('202611221005.txt')?.equals(text));
    });
  }

  it('takes file-behaviours for file_behaviours', async () => {
    assert.equal((await askApi(server, 'file-behaviours/202611221005')).status, 302);
    assert.equal((await askApi(server, 'file-behaviours/hourly/2026112209')).status, 302);
  });

  it('goes by the clock: 60 minutes for minutes, two hours for hours, seven days back', async () => {
    assert.equal((await askApi(server, 'files/202611221100')).status, 302);
    const early = await askApi(server, 'files/202611221101');
    const wording =
      'Package 202611221101 is not available until 2026-11-22 at 12:01 UTC because of privacy policy.';
    assertError(early, 400, 'NotAvailableYet', wording);
    assert.equal((await askApi(server, 'urls/hourly/2026112210')).status, 302);
    assertError(
      await askApi(server, 'urls/hourly/2026112211'),
      400,
      'NotAvailableYet',
      /2026-11-22 at 13:00 UTC/u,
    );
    assert.equal((await askApi(server, `files/${minuteAt(NOW - 7 * DAY_MS)}`)).status, 302);
    assertError(
      await askApi(server, `files/${minuteAt(NOW - 7 * DAY_MS - MINUTE_MS)}`),
      404,
      'NotFoundError',
    );
    now = NOW + MINUTE_MS;
    assert.equal((await askApi(server, 'files/202611221101')).status, 302);
    assert.equal(early.headers.date, new Date(NOW).toUTCString());
  });

  it('answers 404 for a missing minute, and for several in a row where they were planted', async () => {
    const minutes = Array.from({ length: 600 }, (_, at) => minuteAt(NOW - HOUR_MS - at * MINUTE_MS));
    const missing = minutes.find((minute) => isMissing(1, 'files', minute)) ?? minuteAt(0);
    assertError(
      await askApi(server, `files/${missing}`),
      404,
      'NotFoundError',
      `Package ${missing} not found`,
    );
    for (const minute of plantedGap(1, NOW)) {
      assertError(await askApi(server, `urls/${minute}`), 404, 'NotFoundError');
    }
  });

  it('says what is wrong with a time', async () => {
    for (const path of ['files/yesterday', 'files/2026-11-22', 'files/hourly/x']) {
      assertError(await askApi(server, path), 400, 'BadRequestError');
    }
    for (const path of [
      'files/2026112210',
      'files/202602300000',
      'files/202611222460',
      'files/hourly/202611221005',
      'files/1',
    ]) {
      assertError(await askApi(server, path), 400, 'InvalidArgumentError');
    }
  });

  it('wants its key', async () => {
    const url = `${server.origin}/api/v3/feeds/files/202611221005`;
    assertError(await ask(url), 401, 'AuthenticationRequiredError');
    assertError(await ask(url, { 'x-apikey': 'f'.repeat(64) }), 401, 'WrongCredentialsError');
    assertError(await ask(url, { 'x-apikey': '' }), 401, 'WrongCredentialsError');
  });

  it('answers 403 for all of a feed without a licence', async () => {
    for (const path of ['domains/202611221005', 'domains/hourly/2026112209', 'domains/202611221159']) {
      assertError(await askApi(server, path), 403, 'ForbiddenError');
    }
  });

  it('has nothing else', async () => {
    for (const path of [
      '',
      'nothing/202611221005',
      'files',
      'files/a/b/c',
      'urls/abc/pcap',
      'files/abc/pcap',
      'file_behaviours/abc/download',
    ]) {
      assertError(await askApi(server, path), 404, 'NotFoundError');
    }
    assertError(await ask(`${server.origin}/`, { 'x-apikey': server.key }), 404, 'NotFoundError');
    const post = await ask(
      `${server.origin}/api/v3/feeds/files/202611221005`,
      { 'x-apikey': server.key },
      'POST',
    );
    assert.equal(post.status, 405);
  });

  it('answers only under its own name', async () => {
    const url = `${server.origin}/api/v3/feeds/files/202611221005`;
    const rebound = await ask(url, { 'x-apikey': server.key, host: 'attacker.example' });
    assert.equal(rebound.status, 403);
    const { port } = new URL(server.origin);
    assert.equal((await ask(url, { 'x-apikey': server.key, host: `localhost:${port}` })).status, 302);
  });

  it("serves each artifact under the record's own link, in both spellings", async () => {
    const [first = ''] = (await decompress((await download(server, 'file_behaviours/202611221005')).body))
      .toString()
      .split('\n');
    const starts = {
      pcap: '\xd4\xc3\xb2\xa1',
      html: '<!DOCTYPE html>',
      evtx: 'ElfFile\0',
      memdump: '',
    } as const;
    for (const [kind, start] of Object.entries(starts)) {
      const link = artifactLinkOf(JSON.parse(first) as Json, kind as keyof typeof starts);
      const path = link?.path.replace('/api/v3/feeds/', '') ?? '';
      assert.match(path, /^file-behaviours\//u);
      const { status, body } = await download(server, path);
      assert.equal(status, 200);
      assert.equal(body.toString('latin1', 0, start.length), start);
      assert.equal((await askApi(server, path.replace('-', '_'))).status, 302);
    }
  });

  it('serves samples whose hash is the id of their record', async () => {
    const lines = (await decompress((await download(server, 'files/202611221005')).body))
      .toString()
      .trimEnd()
      .split('\n');
    for (const line of lines) {
      const record = JSON.parse(line) as Json;
      const path = artifactLinkOf(record, 'sample')?.path.replace('/api/v3/feeds/', '') ?? '';
      const { body } = await download(server, path);
      assert.equal(createHash('sha256').update(body).digest('hex'), textAt(record, 'id'));
      assert.equal(jsonAt(record, 'attributes', 'size'), body.length);
    }
  });

  it('answers 404 for a forged token and for one that has ended', async () => {
    const [first = ''] = (await decompress((await download(server, 'files/202611221005')).body))
      .toString()
      .split('\n');
    const link = artifactLinkOf(JSON.parse(first) as Json, 'sample');
    const path = link?.path.replace('/api/v3/feeds/', '') ?? '';
    assertError(await askApi(server, path.replace(/.(?=\/download$)/u, '_')), 404, 'NotFoundError');
    now = (link?.expiresAt ?? 0) - 1;
    assert.equal((await askApi(server, path)).status, 302);
    now = link?.expiresAt ?? 0;
    assertError(await askApi(server, path), 404, 'NotFoundError');
  });

  it('remembers what was asked of which origin, and with which headers', async () => {
    const before = server.requests.length;
    await download(server, 'urls/202611221005');
    const [api, storage] = server.requests.slice(before);
    assert.deepEqual(
      { ...api, headerNames: api?.headerNames.includes('x-apikey') },
      {
        method: 'GET',
        origin: 'api',
        path: '/api/v3/feeds/urls/202611221005',
        headerNames: true,
        keySent: true,
      },
    );
    assert.equal(storage?.origin, 'storage');
    assert.equal(storage.keySent, false);
    assert.ok(!storage.path.includes('?'));
  });

  it('gives the same bytes from the same seed, others from another', async () => {
    const servers = await Promise.all(
      [1, 1, 2].map((seed) => startSampleServer({ seed, now: () => NOW, recordsPerMinute: 2 })),
    );
    try {
      const [one, same, other] = await Promise.all(
        servers.map((each) => download(each, 'urls/202611221005')),
      );
      assert.deepEqual(one?.body, same?.body);
      assert.equal(one?.headers.etag, same?.headers.etag);
      assert.notDeepEqual(one?.body, other?.body);
    } finally {
      await Promise.all(servers.map((each) => each.close()));
    }
  });

  it('takes the key it is given, and ends its connections when it closes', async () => {
    const own = await startSampleServer({ key: 'a'.repeat(64), now: () => NOW, bytesPerSecond: 10 });
    const {
      headers: { location = '' },
    } = await askApi(own, 'urls/202611221005');
    const slow = ask(location);
    const ended = assert.rejects(slow);
    while (!own.requests.some(({ origin }) => origin === 'storage'))
      await new Promise((turn) => setImmediate(turn));
    await own.close();
    await ended;
    await assert.rejects(ask(`${own.origin}/`));
  });
});

function assertError(
  { status, body }: Answer,
  expected: number,
  code: string,
  message: string | RegExp = /./u,
): void {
  const { error } = JSON.parse(body.toString()) as {
    readonly error: { readonly code: string; readonly message: string };
  };
  assert.deepEqual([status, error.code], [expected, code]);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
}
