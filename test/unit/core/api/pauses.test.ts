import assert from 'node:assert/strict';
import { envelope } from '../../../support/fake-transport.ts';
import { inTurn, reply } from '../../../support/raw-server.ts';
import type { RawAnswer } from '../../../support/raw-server.ts';
import { minute } from '../../../support/records.ts';
import { BODY, NOW, TwoOrigins } from '../../../support/two-origins.ts';

const HOUR_S = 3600;
/** Still in the feed's window a day later. */
const RECENT = minute('202611221130');

describe('FeedClient and the pauses it is asked for', () => {
  let origins: TwoOrigins;
  let wellBehaved: RawAnswer;
  beforeEach(async () => {
    origins = await TwoOrigins.listen();
    wellBehaved = origins.api.answer;
  });
  afterEach(() => origins.close());

  function tooMany(retryAfter?: string, status = 429): RawAnswer {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    return reply(status, headers, envelope('TooManyRequestsError'));
  }

  /** Answers and keeps when each request came, milliseconds since the test began. */
  function timed(answer: RawAnswer): readonly number[] {
    const times: number[] = [];
    origins.api.answer = (...request) => {
      times.push(origins.clock.now() - NOW);
      answer(...request);
    };
    return times;
  }

  const short: readonly (readonly [what: string, status: number, retryAfter: string, waitMs: number])[] = [
    ['seconds', 429, '30', 30_000],
    ['a whole minute', 429, '60', 60_000],
    ['a date', 429, new Date(NOW + 45_000).toUTCString(), 45_000],
    ['seconds of a 503', 503, '20', 20_000],
  ];
  for (const [what, status, retryAfter, waitMs] of short) {
    it(`waits where it is short, and asks no moment before: ${what}`, async () => {
      const times = timed(inTurn(tooMany(retryAfter, status), wellBehaved));
      assert.deepEqual(await origins.read(), BODY);
      assert.equal(times.length, 2);
      assert.ok((times[1] ?? 0) >= waitMs, String(times));
    });
  }

  const long: readonly (readonly [status: number, retryAfter: string, waitS: number])[] = [
    [429, '3600', HOUR_S],
    [503, '7200', 2 * HOUR_S],
    [429, '1000000000', 24 * HOUR_S],
    [429, new Date(NOW + HOUR_S * 1000).toUTCString(), HOUR_S],
  ];
  for (const [status, retryAfter, waitS] of long) {
    it(`says when a long one ends, and sends nothing until then: ${String(status)} ${retryAfter}`, async () => {
      const times = timed(inTurn(tooMany(retryAfter, status), wellBehaved));
      for (let asked = 0; asked < 3; asked++) {
        const { facts } = await origins.failsWith('quotaExceeded');
        assert.equal(facts.retryAt, NOW + waitS * 1000);
      }
      await origins.failsWith('quotaExceeded', () => origins.client.probe('urls', origins.signal));
      assert.deepEqual(times, [0]);
      origins.clock.advance(waitS * 1000);
      assert.deepEqual(await origins.read({ feed: 'files', slot: RECENT }), BODY);
    });
  }

  for (const retryAfter of [undefined, '', '-5', 'soon']) {
    it(`backs off for a minute where it cannot be read: ${String(retryAfter)}`, async () => {
      const times = timed(tooMany(retryAfter));
      const { facts } = await origins.failsWith('quotaExceeded');
      await origins.failsWith('quotaExceeded');
      assert.ok((facts.retryAt ?? 0) > NOW + 60_000 && (facts.retryAt ?? 0) <= NOW + 75_000);
      assert.equal(times.length, 1);
    });
  }

  for (const retryAfter of ['0', new Date(NOW - 60_000).toUTCString()]) {
    it(`tries a few times, and then backs off, where it is over already: ${retryAfter}`, async () => {
      const times = timed(tooMany(retryAfter));
      const { facts } = await origins.failsWith('quotaExceeded');
      assert.equal(times.length, 4);
      assert.ok((facts.retryAt ?? 0) >= origins.clock.now() + 60_000);
      await origins.failsWith('quotaExceeded');
      assert.equal(times.length, 4);
    });
  }

  it('stops until midnight when the quota of the day is used up', async () => {
    const times = timed(reply(429, {}, envelope('QuotaExceededError')));
    const error = await origins.failsWith('quotaExceeded');
    assert.equal(error.facts.retryAt, Date.UTC(2026, 10, 23));
    assert.match(error.message, /quota is used up.*2026-11-23 00:00 UTC/u);
    await origins.failsWith('quotaExceeded');
    assert.equal(times.length, 1);
  });

  for (const status of [429, 503]) {
    it(`heeds the storage as well (${String(status)})`, async () => {
      origins.storage.answer = inTurn(tooMany('30', status), reply(200, {}, BODY));
      assert.deepEqual(await origins.read(), BODY);
      assert.ok(origins.clock.now() >= NOW + 30_000);
      origins.storage.answer = tooMany('3600', status);
      await origins.failsWith('quotaExceeded');
      const asked = origins.asked;
      await origins.failsWith('quotaExceeded');
      assert.deepEqual(origins.asked, asked);
    });
  }

  it('does not take a batch that is still to come for a pause', async () => {
    origins.api.answer = inTurn(reply(400, {}, envelope('NotAvailableYet')), wellBehaved);
    await origins.failsWith('notAvailableYet');
    assert.deepEqual(await origins.read(), BODY);
    assert.deepEqual(origins.clock.waits, []);
  });
});
