import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { BodyCheck } from '../../../../../src/core/api/body/body-check.ts';
import { Crc32c } from '../../../../../src/core/common/crc32c.ts';

const BODY = Buffer.from('the bytes of a batch');
const MD5 = `md5=${createHash('md5').update(BODY).digest('base64')}`;
const CRC = `crc32c=${new Crc32c().update(BODY).digest().toString('base64')}`;
const OTHER_MD5 = `md5=${createHash('md5').update('x').digest('base64')}`;
const OTHER_CRC = 'crc32c=AAAAAA==';

function matches(hashes: string, more: Readonly<Record<string, string>> = {}): boolean | undefined {
  const check = BodyCheck.of(new Map(Object.entries({ 'x-goog-hash': hashes, ...more })));
  check?.update(BODY.subarray(0, 7));
  check?.update(BODY.subarray(7));
  return check?.matches();
}

describe('BodyCheck', () => {
  const rows: readonly (readonly [hashes: string, expected: boolean | undefined])[] = [
    [MD5, true],
    [CRC, true],
    [`${CRC}, ${MD5}`, true],
    [`${CRC},${MD5}`, true],
    [OTHER_MD5, false],
    [OTHER_CRC, false],
    [`${CRC}, ${OTHER_MD5}`, false],
    // The stronger one counts.
    [`${OTHER_CRC}, ${MD5}`, true],
    ['', undefined],
    ['sha1=AAAA', undefined],
    ['md5=AAAA', undefined],
    ['md5=', undefined],
    [`md5=AAAA, ${CRC}`, true],
    [`MD5 ${MD5}`, undefined],
  ];
  for (const [hashes, expected] of rows) {
    it(`${expected === undefined ? 'has nothing to go by in' : expected ? 'agrees with' : 'disagrees with'} ${JSON.stringify(hashes)}`, () => {
      assert.equal(matches(hashes), expected);
    });
  }

  it('does not hold unpacked bytes against the hash of packed ones', () => {
    assert.equal(matches(OTHER_MD5, { 'x-goog-stored-content-encoding': 'gzip' }), undefined);
    assert.equal(matches(OTHER_MD5, { 'x-goog-stored-content-encoding': 'identity' }), false);
  });
});
