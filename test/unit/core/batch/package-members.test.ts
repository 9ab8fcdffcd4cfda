import assert from 'node:assert/strict';
import { minuteOfName, packageMembers } from '../../../../src/core/batch/package-members.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { compressBzip2 } from '../../../../src/sample/bzip2/compress-bzip2.ts';
import { jsonLines, tarOf } from '../../../support/packages.ts';
import { hour } from '../../../support/records.ts';
import { chunksOf, piecesOf, readAll } from '../../../support/streams.ts';
import { parallel } from '../../../support/unpackers.ts';

const HOUR = hour('2026112210');
const unpacker = parallel();

/** Every member's minute and text. */
async function members(...chunks: readonly Buffer[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const { minute, plain } of packageMembers(chunksOf(...chunks), HOUR, unpacker))
    found.push([minute, (await readAll(plain)).toString()]);
  return found;
}

const A = jsonLines({ id: 'a' }, { id: 'b' });
const B = jsonLines({ id: 'c' });

describe('packageMembers', () => {
  it('gives plain members and bzip2 members alike', async () => {
    const tar = await tarOf(
      ['202611221000.txt', A],
      ['202611221001.bz2', compressBzip2(Buffer.from(B), 9)],
      ['202611221002', Buffer.concat([compressBzip2(Buffer.from(A), 1), compressBzip2(Buffer.from(B), 1)])],
    );
    assert.deepEqual(await members(tar), [
      ['202611221000', A],
      ['202611221001', B],
      ['202611221002', A + B],
    ]);
  });

  it('gives the same wherever the tar is cut into chunks', async () => {
    const packed = compressBzip2(Buffer.from(B), 9);
    const tar = await tarOf(['202611221000.txt', A], ['202611221001.bz2', packed]);
    const expected = await members(tar);
    assert.deepEqual(expected, [
      ['202611221000', A],
      ['202611221001', B],
    ]);
    // Around the edges of blocks at every byte, elsewhere here and there.
    const cuts = [...tar.keys()].filter((at) => (at + 3) % 512 < 9 || at % 97 === 1);
    assert.ok(cuts.length > 70);
    for (const at of cuts)
      assert.deepEqual(
        await members(tar.subarray(0, at), tar.subarray(at)),
        expected,
        `cut at ${String(at)}`,
      );
    for (const size of [1, 3, 511]) assert.deepEqual(await members(...piecesOf(tar, size)), expected);
  });

  it('gives an empty member as an empty minute', async () => {
    const empty = compressBzip2(Buffer.alloc(0), 9);
    const tar = await tarOf(['202611221000.txt', ''], ['202611221001.bz2', empty], ['202611221002.txt', B]);
    assert.deepEqual(await members(tar), [
      ['202611221000', ''],
      ['202611221001', ''],
      ['202611221002', B],
    ]);
  });

  it('passes over whatever is no regular file of a minute of its hour', async () => {
    const tar = await tarOf(
      [{ name: '202611221000', type: 'symlink', linkname: '/etc/passwd' }],
      [{ name: '202611221001', type: 'link', linkname: '202611221005' }],
      [{ name: '202611221002', type: 'directory' }],
      [{ name: '202611221003', type: 'character-device' }],
      [{ name: '202611221004', type: 'fifo' }],
      ['202611221100.txt', 'the next hour'],
      ['202611220959.txt', 'the last hour'],
      ['202602300000.txt', 'no day'],
      ['README', 'text'],
      ['', 'nameless'],
      ['202611221005.txt', A],
    );
    assert.deepEqual(await members(tar), [['202611221005', A]]);
  });

  it('takes the minute from a hostile name, and nothing else of it', async () => {
    const tar = await tarOf(
      ['../../../../tmp/202611221000.txt', A],
      ['/etc/202611221001', B],
      ['C:\\Windows\\202611221002.txt', A],
      ['a/202611221059.d/../202611221003\n.txt', B],
    );
    assert.deepEqual(
      (await members(tar)).map(([minute]) => minute),
      ['202611221000', '202611221001', '202611221002', '202611221003'],
    );
  });

  it('counts the first of a minute that comes twice', async () => {
    const tar = await tarOf(['202611221000.txt', A], ['x/2026-11-22T10:00.txt', B], ['202611221001.txt', B]);
    assert.deepEqual(await members(tar), [
      ['202611221000', A],
      ['202611221001', B],
    ]);
  });

  const damaged: readonly (readonly [what: string, tar: () => Promise<Buffer>])[] = [
    ['an empty tar', () => tarOf()],
    ['no bytes', () => Promise.resolve(Buffer.alloc(0))],
    ['a tar of other hours', () => tarOf(['202611221100.txt', A])],
    ['what is no tar', () => Promise.resolve(Buffer.alloc(2048, 'x'))],
    ['JSON lines', () => Promise.resolve(Buffer.from(A.repeat(100)))],
    ['a tar cut within a header', async () => (await tarOf(['202611221000.txt', A])).subarray(0, 300)],
    ['a tar cut within a member', async () => (await tarOf(['202611221000.txt', A])).subarray(0, 520)],
    [
      'a damaged header after a good member',
      async () => {
        const tar = await tarOf(['202611221000.txt', A], ['202611221001.txt', B]);
        tar.fill('z', 1024, 1536);
        return tar;
      },
    ],
    [
      'a damaged bzip2 member',
      () => tarOf(['202611221000.bz2', compressBzip2(Buffer.from(A), 1).fill(0, 20, 40)]),
    ],
    [
      'a bzip2 member that ends early',
      () => tarOf(['202611221000.bz2', compressBzip2(Buffer.from(A), 1).subarray(0, 50)]),
    ],
  ];
  for (const [what, tar] of damaged) {
    it(`says corrupt of ${what}`, async () => {
      await assert.rejects(members(await tar()), (error) => hasCode(error, 'corrupt'));
    });
  }

  it('fails as its source fails', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield (await tarOf(['202611221000.txt', A.repeat(100)])).subarray(0, 1000);
      throw new Error('the network broke');
    }
    const failing = (async () => {
      for await (const { plain } of packageMembers(broken(), HOUR, unpacker)) await readAll(plain);
    })();
    await assert.rejects(failing, (error) => hasCode(error, 'corrupt'));
  });
});

describe('minuteOfName', () => {
  const names: readonly (readonly [name: string, minute: string | undefined])[] = [
    ['202611221003', '202611221003'],
    ['202611221003.bz2', '202611221003'],
    ['files-202611221003.txt', '202611221003'],
    ['feeds/2026-11-22T10:03', '202611221003'],
    ['2026_11_22_10_03.json', '202611221003'],
    ['202611221003/part.txt', undefined],
    ['202611221103', undefined],
    ['2026112210', undefined],
    ['20261122100', undefined],
    ['2026112210031', undefined],
    ['0202611221003', undefined],
    ['202611221060', undefined],
    ['٢٠٢٦١١٢٢١٠٠٣', undefined],
    ['..', undefined],
    ['', undefined],
  ];
  for (const [name, minute] of names) {
    it(`finds ${minute ?? 'none'} in ${JSON.stringify(name)}`, () => {
      assert.equal(minuteOfName(name, HOUR), minute);
    });
  }
});
