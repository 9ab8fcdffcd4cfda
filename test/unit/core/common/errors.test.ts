import assert from 'node:assert/strict';
import { access, mkdtemp, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskError, isNotFound, onDisk } from '../../../../src/core/common/disk-error.ts';
import {
  VtFeedsError,
  hasCode,
  isAbort,
  systemCode,
  toVtFeedsError,
} from '../../../../src/core/common/errors.ts';

function systemError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

describe('systemCode', () => {
  const own = systemError('ECONNREFUSED');
  const cases: readonly (readonly [what: string, error: unknown, code: string | undefined])[] = [
    ["the error's own", own, 'ECONNREFUSED'],
    ["its cause's", new Error('a', { cause: own }), 'ECONNREFUSED'],
    [
      "its cause's cause's",
      new TypeError('fetch failed', { cause: new Error('b', { cause: own }) }),
      'ECONNREFUSED',
    ],
    ['that of the first of several', new AggregateError([own, systemError('EHOSTUNREACH')]), 'ECONNREFUSED'],
    [
      'that of the first of several causes',
      new Error('a', { cause: new AggregateError([own]) }),
      'ECONNREFUSED',
    ],
    ['none of an empty list', new AggregateError([]), undefined],
    ['none of an ordinary error', new Error('x'), undefined],
    ['none that is a number', Object.assign(new Error('x'), { code: 20 }), undefined],
    ['none of what is no error', { code: 'ENOSPC' }, undefined],
    ['none of undefined', undefined, undefined],
  ];
  for (const [what, error, code] of cases) {
    it(`is ${what}`, () => {
      assert.equal(systemCode(error), code);
    });
  }

  it('ends on an error that is its own cause', () => {
    const circular = new Error('round');
    circular.cause = circular;
    assert.equal(systemCode(circular), undefined);
  });
});

describe('toVtFeedsError', () => {
  it('passes its own family on', () => {
    const error = new VtFeedsError('tls', 'x');
    assert.equal(toVtFeedsError(error), error);
  });

  it('knows an abort of any make', () => {
    const controller = new AbortController();
    controller.abort();
    const aborts = [controller.signal.reason, Object.assign(new Error('x'), { code: 'ABORT_ERR' })] as const;
    for (const abort of aborts) {
      assert.ok(isAbort(abort));
      assert.ok(hasCode(toVtFeedsError(abort), 'cancelled'));
    }
  });

  it('finds its own family, or an abort, among several errors', () => {
    const own = new VtFeedsError('cutShort', 'x');
    const abort = Object.assign(new Error('x'), { name: 'AbortError' });
    assert.equal(toVtFeedsError(new AggregateError([new Error('y'), own, abort])), own);
    assert.equal(toVtFeedsError(new AggregateError([abort, own])).code, 'cancelled');
  });

  for (const thrown of [new TypeError('boom'), 'boom', { toString: () => 'boom' }]) {
    it(`wraps ${typeof thrown} and keeps it as the cause`, () => {
      const error = toVtFeedsError(thrown);
      assert.equal(error.code, 'internal');
      assert.match(error.message, /boom/u);
      assert.equal(error.cause, thrown);
    });
  }
});

describe('diskError', () => {
  const cases: readonly (readonly [code: string, expected: string])[] = [
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EACCES', 'disk'],
    ['EROFS', 'disk'],
    ['EIO', 'disk'],
    ['EMFILE', 'disk'],
  ];
  for (const [code, expected] of cases) {
    it(`calls ${code} ${expected}`, () => {
      assert.ok(hasCode(diskError(systemError(code)), expected as VtFeedsError['code']));
    });
  }

  it('passes everything else on', () => {
    const others = [
      new Error('x'),
      systemError('ERR_STREAM_PREMATURE_CLOSE'),
      new VtFeedsError('tls', 'x'),
      5,
    ];
    for (const error of others) assert.equal(diskError(error), error);
  });

  it('puts a real failure in words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vt-feeds-test-'));
    try {
      const failure = onDisk(() => access(join(folder, 'nothing', 'here')));
      await assert.rejects(
        failure,
        (error) => hasCode(error, 'disk') && isNotFound((error as VtFeedsError).cause),
      );
      assert.equal(await onDisk(() => Promise.resolve(5)), 5);
    } finally {
      await rmdir(folder);
    }
  });
});
