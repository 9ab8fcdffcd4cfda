import assert from 'node:assert/strict';
import { renamePatiently } from '../../../../src/core/store/patient-rename.ts';

/** Renames with failures of these codes, one after the other; tells how often it was tried and how long it waited. */
async function renameAfter(...codes: readonly string[]): Promise<readonly [tries: number, waited: number]> {
  let tries = 0;
  let waited = 0;
  const rename = (from: string, to: string): Promise<void> => {
    assert.deepEqual([from, to], ['a', 'b']);
    const code = codes[tries++];
    return code === undefined ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }));
  };
  const wait = (milliseconds: number): Promise<void> => {
    waited += milliseconds;
    return Promise.resolve();
  };
  try {
    await renamePatiently(rename, 'a', 'b', wait);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, codes[tries - 1]);
    throw new Error(`gave up after ${String(tries)} tries and ${String(waited)} ms`, { cause: error });
  }
  return [tries, waited];
}

describe('renamePatiently', () => {
  it('renames at once where it can', async () => {
    assert.deepEqual(await renameAfter(), [1, 0]);
  });

  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    it(`waits a little for a file that is held: ${code}`, async () => {
      assert.deepEqual(await renameAfter(code, code), [3, 30]);
    });
  }

  it('gives up within a second', async () => {
    const held = Array.from({ length: 20 }, () => 'EBUSY');
    await assert.rejects(renameAfter(...held), /gave up after 7 tries and 780 ms/u);
  });

  for (const code of ['ENOENT', 'ENOSPC', 'EXDEV', 'EROFS', 'EIO']) {
    it(`does not wait for what will not pass: ${code}`, async () => {
      await assert.rejects(renameAfter(code), /gave up after 1 tries and 0 ms/u);
    });
  }
});
