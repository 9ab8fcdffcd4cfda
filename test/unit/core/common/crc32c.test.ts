import assert from 'node:assert/strict';
import { Crc32c } from '../../../../src/core/common/crc32c.ts';
import { piecesOf } from '../../../support/streams.ts';

function checkOf(...pieces: readonly Buffer[]): string {
  const crc = new Crc32c();
  for (const piece of pieces) crc.update(piece);
  return crc.digest().toString('hex');
}

describe('Crc32c', () => {
  /** Published examples: the polynomial's check value, and those of RFC 3720, B.4. */
  const examples: readonly (readonly [what: string, bytes: Buffer, check: string])[] = [
    ['nothing', Buffer.alloc(0), '00000000'],
    ['the digits 1 to 9', Buffer.from('123456789'), 'e3069283'],
    ['32 zeros', Buffer.alloc(32), '8a9136aa'],
    ['32 times 255', Buffer.alloc(32, 255), '62a8ab43'],
    ['0 to 31', Buffer.from([...Array(32).keys()]), '46dd794e'],
    ['31 to 0', Buffer.from([...Array(32).keys()].reverse()), '113fdb5c'],
  ];
  for (const [what, bytes, check] of examples) {
    it(`gives ${check} for ${what}, in whatever pieces it comes`, () => {
      assert.equal(checkOf(bytes), check);
      for (const size of [1, 3, 8, 9]) assert.equal(checkOf(...piecesOf(bytes, size)), check);
    });
  }
});
