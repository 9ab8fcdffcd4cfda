import assert from 'node:assert/strict';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { minuteOnly, parseArguments } from '../../../../src/vscode/commands/arguments.ts';
import { SHA256, hour, minute } from '../../../support/records.ts';

describe('parseArguments', () => {
  const read: readonly (readonly [what: string, argument: unknown, told: object])[] = [
    ['nothing', undefined, {}],
    ['null', null, {}],
    ['an empty object', {}, {}],
    ['a batch', { feed: 'files', time: '202611221003' }, { feed: 'files', slot: '202611221003' }],
    ['an hour', { feed: 'urls', time: '2026112210' }, { feed: 'urls', slot: '2026112210' }],
    [
      'everything',
      {
        feed: 'file_behaviours',
        time: '202611221003',
        id: `${SHA256}_Rising MOVES`,
        kind: 'pcap',
        rendering: 'full',
        target: '/tmp/x.jsonl',
      },
      {
        feed: 'file_behaviours',
        slot: '202611221003',
        id: `${SHA256}_Rising MOVES`,
        kind: 'pcap',
        rendering: 'full',
        target: '/tmp/x.jsonl',
      },
    ],
    [
      'a node of the tree',
      { node: 'minute', feed: 'files', time: '202611221003', state: { state: 'available' } },
      { feed: 'files', slot: '202611221003' },
    ],
    ['a node of a feed', { node: 'feed', feed: 'files', licence: 'unknown', stored: 0 }, { feed: 'files' }],
    ['a target on Windows', { target: 'C:\\x\\y.jsonl' }, { target: 'C:\\x\\y.jsonl' }],
    ['a target on a share', { target: '\\\\server\\x' }, { target: '\\\\server\\x' }],
    ['a file URI', { target: { scheme: 'file', fsPath: '/tmp/x' } }, { target: '/tmp/x' }],
    ['other properties', { feed: 'files', extra: 1 }, { feed: 'files' }],
    ['left out ones', { feed: undefined, time: undefined }, {}],
  ];
  for (const [what, argument, told] of read) {
    it(`takes ${what}`, () => {
      assert.deepEqual(parseArguments(argument), told);
    });
  }

  const refused: readonly (readonly [what: string, argument: unknown])[] = [
    ['a text', 'files'],
    ['a number', 5],
    ['a function', () => undefined],
    ['another feed', { feed: 'passwords' }],
    ['an inherited feed', { feed: '__proto__' }],
    ['a feed in a list', { feed: ['files'] }],
    ['null as the feed', { feed: null }],
    ['no real time', { time: '202602300000' }],
    ['a time as a number', { time: 202611221003 }],
    ['a written time', { time: '2026-11-22 10:03' }],
    ['an empty id', { id: '' }],
    ['an endless id', { id: 'x'.repeat(4097) }],
    ['an id that is no text', { id: { toString: () => 'x' } }],
    ['another kind', { kind: 'exe' }],
    ['another rendering', { rendering: 'raw' }],
    ['a relative target', { target: 'x.jsonl' }],
    ['a target that climbs', { target: '../x.jsonl' }],
    ['an empty target', { target: '' }],
    ['a URI of another scheme', { target: { scheme: 'https', fsPath: '/tmp/x' } }],
    ['a URI without a path', { target: { scheme: 'file' } }],
    ['null as the target', { target: null }],
  ];
  for (const [what, argument] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => parseArguments(argument),
        (error) => hasCode(error, 'invalidArgument'),
      );
    });
  }

  it('repeats what it was told only short and safe', () => {
    const hostile = `[x](command:y) $(icon) \u202e${'z'.repeat(500)}`;
    assert.throws(
      () => parseArguments({ feed: hostile }),
      (error: Error) => {
        assert.doesNotMatch(error.message, /\]\(|\$\(|\u202e/u);
        return error.message.length < 250;
      },
    );
  });
});

describe('minuteOnly', () => {
  it('gives a minute, and refuses an hour', () => {
    assert.equal(minuteOnly(minute('202611221003')), '202611221003');
    assert.throws(
      () => minuteOnly(hour('2026112210')),
      (error) => hasCode(error, 'invalidArgument'),
    );
  });
});
