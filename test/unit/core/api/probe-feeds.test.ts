import assert from 'node:assert/strict';
import { ApiGate } from '../../../../src/core/api/api-gate.ts';
import { FeedClient } from '../../../../src/core/api/feed-client.ts';
import { probeFeeds } from '../../../../src/core/api/probe-feeds.ts';
import type { ProbedFeed } from '../../../../src/core/api/probe-feeds.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import type { Feed } from '../../../../src/core/feed/feed.ts';
import { CANARY_KEY } from '../../../support/canary.ts';
import { PatientClock } from '../../../support/patient-clock.ts';
import { FakeTransport } from '../../../support/fake-transport.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 30);

/** Probes every feed against an API that answers each with a status, 302 where none is named. */
function probed(statuses: Readonly<Partial<Record<Feed, number>>>, others = 302): Promise<ProbedFeed[]> {
  const transport = new FakeTransport(({ pathname }) => {
    const feed = FEEDS.find((each) => pathname.includes(`/feeds/${each}/`));
    return [(feed === undefined ? undefined : statuses[feed]) ?? others];
  });
  const gate = new ApiGate({ origin: 'https://www.virustotal.com', apiKey: CANARY_KEY }, transport);
  const client = new FeedClient(gate, new PatientClock(NOW));
  return probeFeeds(client, FEEDS, new AbortController().signal);
}

describe('probeFeeds', () => {
  it('tells licensed feeds from the others, in their order', async () => {
    const answers = await probed({ urls: 403, domains: 404 });
    assert.deepEqual(
      answers.map(({ feed, licence }) => [feed, licence]),
      [
        ['files', 'licensed'],
        ['urls', 'unlicensed'],
        ['domains', 'licensed'],
        ['ip_addresses', 'licensed'],
        ['file_behaviours', 'licensed'],
      ],
    );
  });

  it('does not guess where an answer says nothing of the key', async () => {
    const answers = await probed({ urls: 503, domains: 429 });
    assert.deepEqual(
      answers.map(({ licence }) => licence),
      ['licensed', 'unknown', 'unknown', 'licensed', 'licensed'],
    );
  });

  it('fails with a wrong key even if only one answer says so', async () => {
    await assert.rejects(probed({ domains: 401, urls: 503 }), (error) => hasCode(error, 'wrongApiKey'));
  });

  it('fails when no feed gave an answer', async () => {
    await assert.rejects(probed({}, 503), (error) => hasCode(error, 'server'));
  });
});
