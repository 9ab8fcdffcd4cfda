import assert from 'node:assert/strict';
import { parseApiKey } from '../../../../src/core/api/api-key.ts';
import type { ApiKey } from '../../../../src/core/api/api-key.ts';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { KeyPauses } from '../../../../src/vscode/platform/key-pauses.ts';

function keyOf(digit: string): ApiKey {
  const key = parseApiKey(digit.repeat(64));
  assert.ok(key !== undefined);
  return key;
}

describe('KeyPauses', () => {
  const [one, other] = [keyOf('1'), keyOf('2')];

  it('keeps the latest time a key was told, and each key its own', () => {
    const pauses = new KeyPauses();
    for (const retryAt of [5000, 9000, 7000])
      pauses.heed(one, new VtFeedsError('quotaExceeded', 'wait', { retryAt }));
    assert.equal(pauses.notBefore(one), 9000);
    assert.equal(pauses.notBefore(other), 0);
  });

  it('takes no other error for a pause', () => {
    const pauses = new KeyPauses();
    pauses.heed(one, new VtFeedsError('notAvailableYet', 'later', { retryAt: 5000 }));
    pauses.heed(one, new VtFeedsError('quotaExceeded', 'no time told'));
    assert.equal(pauses.notBefore(one), 0);
  });
});
