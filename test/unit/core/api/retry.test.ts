import assert from 'node:assert/strict';
import { withRetry } from '../../../../src/core/api/retry.ts';
import { ERROR_CODES, VtFeedsError, hasCode, isAbort } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';

const MAY_PASS: readonly ErrorCode[] = ['server', 'offline', 'timeout'];
const { signal } = new AbortController();

async function attemptsOf(code: ErrorCode): Promise<number> {
  let attempts = 0;
  const failing = withRetry(
    () => {
      attempts++;
      return Promise.reject(new VtFeedsError(code, 'x'));
    },
    signal,
    0,
  );
  await assert.rejects(failing, (error) => hasCode(error, code));
  return attempts;
}

describe('withRetry', () => {
  for (const code of ERROR_CODES) {
    const expected = MAY_PASS.includes(code) ? 3 : 1;
    it(`tries ${String(expected)} times on ${code}`, async () => {
      assert.equal(await attemptsOf(code), expected);
    });
  }

  it('gives what a later attempt gives', async () => {
    let attempts = 0;
    const passing = withRetry(
      () => (++attempts < 3 ? Promise.reject(new VtFeedsError('server', 'x')) : Promise.resolve('there')),
      signal,
      0,
    );
    assert.equal(await passing, 'there');
  });

  it('does not try again what is no error of ours', async () => {
    let attempts = 0;
    const failing = withRetry(
      () => {
        attempts++;
        return Promise.reject(new TypeError('bug'));
      },
      signal,
      0,
    );
    await assert.rejects(failing, TypeError);
    assert.equal(attempts, 1);
  });

  it('ends at once when it is cancelled while it waits', async () => {
    const controller = new AbortController();
    let attempts = 0;
    const waiting = withRetry(
      () => {
        attempts++;
        setImmediate(() => {
          controller.abort();
        });
        return Promise.reject(new VtFeedsError('server', 'x'));
      },
      controller.signal,
      3_600_000,
    );
    await assert.rejects(waiting, isAbort);
    assert.equal(attempts, 1);
  });
});
