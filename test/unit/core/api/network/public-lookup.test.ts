import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { publicLookup } from '../../../../../src/core/api/network/public-lookup.ts';
import { hasCode } from '../../../../../src/core/common/errors.ts';

const PUBLIC: LookupAddress = { address: '93.184.215.14', family: 4 };
const PUBLIC_6: LookupAddress = { address: '2606:2800:21f::1', family: 6 };
const PRIVATE: LookupAddress = { address: '10.0.0.1', family: 4 };
const LOOPBACK_6: LookupAddress = { address: '::1', family: 6 };

/** What a connection gets of a name that resolves to `found`. */
function lookedUp(found: readonly LookupAddress[], all: boolean, failure?: Error): Promise<unknown> {
  const lookup = publicLookup((_, __, callback) => {
    callback(failure ?? null, [...found]);
  });
  return new Promise((resolve, reject) => {
    lookup('storage.example', { all }, (error, address, family) => {
      if (error === null) resolve(all ? address : [address, family]);
      else reject(error);
    });
  });
}

describe('publicLookup', () => {
  it('gives the public addresses of a name', async () => {
    assert.deepEqual(await lookedUp([PUBLIC, PUBLIC_6], true), [PUBLIC, PUBLIC_6]);
    assert.deepEqual(await lookedUp([PUBLIC_6, PUBLIC], false), [PUBLIC_6.address, 6]);
  });

  it('leaves out those that are not', async () => {
    assert.deepEqual(await lookedUp([PRIVATE, PUBLIC, LOOPBACK_6], true), [PUBLIC]);
    assert.deepEqual(await lookedUp([LOOPBACK_6, PUBLIC], false), [PUBLIC.address, 4]);
  });

  for (const found of [[PRIVATE], [LOOPBACK_6, PRIVATE], []]) {
    it(`refuses a name that has nothing but ${JSON.stringify(found)}`, async () => {
      for (const all of [true, false])
        await assert.rejects(
          lookedUp(found, all),
          (error) => hasCode(error, 'redirectRefused') && String(error).includes('storage.example'),
        );
    });
  }

  it('passes on that a name does not exist', async () => {
    const failure = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    await assert.rejects(lookedUp([], true, failure), failure);
  });
});
