import assert from 'node:assert/strict';
import { FEEDS } from '../../../../src/core/feed/feed.ts';
import { formatAddress, parseAddress } from '../../../../src/core/render/document-address.ts';
import type { AddressParts, DocumentAddress } from '../../../../src/core/render/document-address.ts';
import { SHA256, hour, minute } from '../../../support/records.ts';

const SLOT = minute('202611221003');

describe('the address of a document', () => {
  const addresses: DocumentAddress[] = FEEDS.flatMap((feed): DocumentAddress[] => [
    { source: 'virustotal', batch: { feed, slot: SLOT }, view: 'summary', page: 1 },
    { source: 'sample', batch: { feed, slot: SLOT }, view: 'full', page: 1 },
    { source: 'virustotal', batch: { feed, slot: hour('2026112210') }, view: 'full', page: 17 },
    ...[
      SHA256,
      `${SHA256}_Rising MOVES`,
      'evil.example',
      '192.0.2.7',
      '2001:db8::1',
      '../../etc/passwd',
      'a&view=full&page=1#x?y=%2F+ä "\'',
      '%',
      '%25',
      '💩\u202e\u0000',
      'x'.repeat(300),
      ' ',
      'CON.',
    ].map((id): DocumentAddress => ({
      source: 'virustotal',
      batch: { feed, slot: SLOT },
      view: 'record',
      id,
    })),
  ]);

  it('goes there and back', () => {
    assert.ok(addresses.length > 50);
    for (const address of addresses) assert.deepEqual(parseAddress(formatAddress(address)), address);
  });

  it('has a path of four parts, none of them made of the feed’s text but the last', () => {
    for (const address of addresses) {
      const { path } = formatAddress(address);
      assert.match(path, /^\/[a-z_]+\/\d{10,12}\/[^/\\\p{C}]+\.jsonl?$/u);
      assert.ok(path.length < 90);
      assert.doesNotMatch(path, /\.\.\//u);
    }
  });

  it('stands half characters', () => {
    const address = formatAddress({
      source: 'sample',
      batch: { feed: 'files', slot: SLOT },
      view: 'record',
      id: 'a\ud800',
    });
    assert.ok(address.path.isWellFormed());
    assert.deepEqual(parseAddress(address), {
      source: 'sample',
      batch: { feed: 'files', slot: SLOT },
      view: 'record',
      id: 'a\ufffd',
    });
  });

  const titles: readonly (readonly [address: DocumentAddress, title: string])[] = [
    [
      { source: 'sample', batch: { feed: 'files', slot: SLOT }, view: 'summary', page: 1 },
      'Files 2026-11-22 10:03 UTC (sample).jsonl',
    ],
    [
      {
        source: 'virustotal',
        batch: { feed: 'ip_addresses', slot: hour('2026112210') },
        view: 'full',
        page: 3,
      },
      'IP addresses 2026-11-22 10h UTC full page 3.jsonl',
    ],
    [
      { source: 'sample', batch: { feed: 'domains', slot: SLOT }, view: 'record', id: 'evil.example' },
      'Domain evil.example.json',
    ],
    [
      {
        source: 'sample',
        batch: { feed: 'file_behaviours', slot: SLOT },
        view: 'record',
        id: `${SHA256}_Rising MOVES`,
      },
      'Behaviour 8a8a8a8a8a8a….json',
    ],
    [
      { source: 'sample', batch: { feed: 'domains', slot: SLOT }, view: 'record', id: 'gpj.\u202eexe/x' },
      'Domain gpj. exe x.json',
    ],
  ];
  for (const [address, title] of titles) {
    it(`is titled ${title}`, () => {
      assert.equal(formatAddress(address).path.split('/').at(-1), title);
    });
  }

  const good = formatAddress({
    source: 'sample',
    batch: { feed: 'files', slot: SLOT },
    view: 'full',
    page: 1,
  });
  const crafted: readonly (readonly [what: string, change: Partial<AddressParts>])[] = [
    ['no source', { authority: '' }],
    ['another source', { authority: 'evil.example' }],
    ['a source in capitals', { authority: 'SAMPLE' }],
    ['an inherited source', { authority: '__proto__' }],
    ['no path', { path: '' }],
    ['another feed', { path: '/passwords/202611221003/x' }],
    ['no time', { path: '/files//x' }],
    ['no real time', { path: '/files/202602300000/x' }],
    ['a path that climbs', { path: '/files/../../../../etc/passwd' }],
    ['a longer path', { path: '/files/202611221003/x/y' }],
    ['a Windows path', { path: 'C:\\files\\202611221003\\x' }],
    ['no view', { query: '' }],
    ['another view', { query: 'view=raw&page=1' }],
    ['no page', { query: 'view=full' }],
    ['page zero', { query: 'view=full&page=0' }],
    ['a page before the first', { query: 'view=full&page=-1' }],
    ['half a page', { query: 'view=full&page=1.5' }],
    ['no number', { query: 'view=full&page=x' }],
    ['an endless page', { query: 'view=full&page=Infinity' }],
    ['no id', { query: 'view=record&id=' }],
    ['a record of an hour', { path: '/files/2026112210/x', query: 'view=record&id=a' }],
  ];
  for (const [what, change] of crafted) {
    it(`is not one with ${what}`, () => {
      assert.ok(parseAddress(good) !== undefined);
      assert.equal(parseAddress({ ...good, ...change }), undefined);
    });
  }
});
