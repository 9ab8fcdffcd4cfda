import assert from 'node:assert/strict';
import {
  ARTIFACT_KINDS,
  artifactInfo,
  artifactKindOfKey,
  artifactKindsOf,
  isArtifactKind,
} from '../../../../src/core/feed/artifact.ts';
import { batchKey, parseBatchKey } from '../../../../src/core/feed/batch-id.ts';
import { FEEDS, feedInfo, isFeed } from '../../../../src/core/feed/feed.ts';
import { hour, minute } from '../../../support/records.ts';

describe('feeds and artifacts', () => {
  it('are the five of the API, each with a name for people', () => {
    assert.deepEqual([...FEEDS], ['files', 'urls', 'domains', 'ip_addresses', 'file_behaviours']);
    assert.equal(new Set(FEEDS.map((feed) => feedInfo(feed).title)).size, 5);
  });

  it('are told from anything else', () => {
    for (const value of ['file', 'FILES', '__proto__', 'constructor', '', 1, null, undefined, ['files']]) {
      assert.equal(isFeed(value), false);
      assert.equal(isArtifactKind(value), false);
    }
    assert.ok(FEEDS.every(isFeed));
    assert.ok(ARTIFACT_KINDS.every(isArtifactKind));
  });

  it('go together: samples with files, the rest with behaviours, none with the others', () => {
    assert.deepEqual(
      FEEDS.map((feed) => artifactKindsOf(feed)),
      [['sample'], [], [], [], ['pcap', 'html', 'evtx', 'memdump']],
    );
  });

  it('are found by the key of their link', () => {
    assert.deepEqual(
      ARTIFACT_KINDS.map((kind) => artifactKindOfKey(artifactInfo(kind).linkKey)),
      [...ARTIFACT_KINDS],
    );
    for (const key of ['', 'html', 'sample', '__proto__']) assert.equal(artifactKindOfKey(key), undefined);
  });
});

describe('batch keys', () => {
  it('go there and back for minutes and hours of every feed', () => {
    for (const feed of FEEDS) {
      for (const slot of [minute('202611221003'), hour('2026112210')]) {
        assert.deepEqual(parseBatchKey(batchKey({ feed, slot })), { feed, slot });
      }
    }
  });

  it('are not made of anything else', () => {
    for (const key of ['', 'files', 'files/', '/202611221003', 'file/202611221003', 'files/202602300000']) {
      assert.equal(parseBatchKey(key), undefined);
    }
  });
});
