import assert from 'node:assert/strict';
import { restartable } from '../../../../src/core/api/restartable.ts';
import { ERROR_CODES, VtFeedsError, hasCode } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';

const MENDABLE: readonly ErrorCode[] = ['cutShort', 'corrupt', 'hashMismatch', 'emptyBody', 'notBzip2'];
const { signal } = new AbortController();

describe('restartable', () => {
  for (const code of ERROR_CODES) {
    const expected = MENDABLE.includes(code) ? 2 : 1;
    it(`downloads ${String(expected)} times where ${code} comes each time`, async () => {
      let runs = 0;
      const failing = restartable(() => {
        runs++;
        return Promise.reject(new VtFeedsError(code, 'x'));
      }, signal);
      await assert.rejects(failing, (error) => hasCode(error, code));
      assert.equal(runs, expected);
    });
  }

  it('gives what the second download gives', async () => {
    let runs = 0;
    const download = (): Promise<string> =>
      ++runs === 1 ? Promise.reject(new VtFeedsError('corrupt', 'x')) : Promise.resolve('there');
    assert.equal(await restartable(download, signal), 'there');
  });

  it('does not begin again after a cancel', async () => {
    let runs = 0;
    const controller = new AbortController();
    const failing = restartable(() => {
      runs++;
      controller.abort();
      return Promise.reject(new VtFeedsError('cutShort', 'x'));
    }, controller.signal);
    await assert.rejects(failing, (error) => hasCode(error, 'cancelled'));
    assert.equal(runs, 1);
  });
});
