import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { FEEDS } from '../../src/core/feed/feed.ts';
import type { Feed } from '../../src/core/feed/feed.ts';
import { BatchDownloader } from '../../src/core/download/batch-downloader.ts';
import { loadDocument } from '../../src/core/reading/load-document.ts';
import type { LoadedDocument } from '../../src/core/reading/load-document.ts';
import { SUMMARY_COLUMNS } from '../../src/core/render/summary-line.ts';
import { BatchStore } from '../../src/core/store/batch-store.ts';
import { compressBzip2 } from '../../src/sample/bzip2/compress-bzip2.ts';
import { CANARY_KEY } from '../support/canary.ts';
import { RawServer, reply } from '../support/raw-server.ts';
import { minute } from '../support/records.ts';
import { clientOf } from '../support/running-client.ts';
import { assertHarmless } from '../support/shown-text.ts';
import { useTempFolder } from '../support/temp-folder.ts';
import { parallel } from '../support/unpackers.ts';

/** Real objects of VirusTotal's API; they are no part of the repository. */
const REAL = new URL('../../../shared/data/real/', import.meta.url);
const NOW = Date.UTC(2026, 10, 22, 12, 30);
const SLOT = minute('202611221003');

describe('real records', () => {
  if (!existsSync(REAL)) {
    it('are absent: the folder with real records is not beside this repository', () => {
      console.log('      real records: absent, nothing was checked against them');
    });
    return;
  }

  const folder = useTempFolder();

  for (const feed of FEEDS) {
    it(`of ${feed} go through pipeline, store and every rendering without loss`, async () => {
      const lines = readFileSync(new URL(`${feed}.jsonl`, REAL), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      assert.ok(lines.length > 0);
      const store = await download(feed, lines);
      const reader = await store.open({ feed, slot: SLOT });
      assert.deepEqual((await reader.readLines(0, lines.length)).map(String), lines);
      const originals = lines.map((line) => JSON.parse(line) as { readonly id: string });
      assert.deepEqual(
        (await reader.readFacts()).map(({ id }) => id),
        originals.map(({ id }) => id),
      );

      const load = (view: 'summary' | 'full', page = 1): Promise<LoadedDocument> =>
        loadDocument(store, { source: 'virustotal', batch: { feed, slot: SLOT }, view, page });
      const summaries = (await load('summary')).text.trimEnd().split('\n');
      assert.equal(summaries.length, lines.length);
      for (const summary of summaries) {
        assert.ok(summary.length <= SUMMARY_COLUMNS);
        assertHarmless(summary);
        const shown = JSON.parse(summary) as Record<string, unknown>;
        assert.ok(Object.keys(shown).length >= 4, summary);
        assert.ok(!('problem' in shown));
      }

      const full = await load('full');
      const shown = full.text.trimEnd().split('\n');
      for (let page = 2; page <= full.pages; page++)
        shown.push(...(await load('full', page)).text.trimEnd().split('\n'));
      assert.equal(shown.length, lines.length);
      for (const [at, line] of shown.entries()) {
        assert.deepEqual(JSON.parse(line), originals[at]);
        assertHarmless(line);
      }

      for (const [at, original] of originals.entries()) {
        if (originals.findIndex(({ id }) => id === original.id) !== at) continue;
        const address = {
          source: 'virustotal',
          batch: { feed, slot: SLOT },
          view: 'record',
          id: original.id,
        } as const;
        const { text } = await loadDocument(store, address);
        assert.deepEqual(JSON.parse(text), original);
        assertHarmless(text);
      }
    });
  }

  it('of the files feed offer their samples, where they are feed records', async () => {
    const lines = readFileSync(new URL('files.jsonl', REAL), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const store = await download('files', lines);
    const facts = await (await store.open({ feed: 'files', slot: SLOT })).readFacts();
    const offered = facts.filter(({ artifacts }) => artifacts.includes('sample'));
    const linked = lines.filter((line) => line.includes('"download_url"'));
    assert.ok(linked.length > 0);
    assert.equal(offered.length, linked.length);
    assert.ok(offered.every(({ linksExpireAt }) => linksExpireAt !== undefined));
  });

  /** Serves the lines as a batch and downloads it into a new store. */
  async function download(feed: Feed, lines: readonly string[]): Promise<BatchStore> {
    const packed = compressBzip2(Buffer.from(lines.map((line) => `${line}\n`).join('')), 1);
    const server = await RawServer.listen(reply(200, {}, packed));
    const running = clientOf(server.origin, CANARY_KEY, () => NOW);
    const store = new BatchStore(folder());
    try {
      const { signal } = new AbortController();
      const stored = await new BatchDownloader(running.client, store, parallel()).downloadMinute(
        { feed, slot: SLOT },
        signal,
        () => undefined,
      );
      assert.equal(stored.records, lines.length);
      return store;
    } finally {
      await running.close();
      await server.close();
    }
  }
});
