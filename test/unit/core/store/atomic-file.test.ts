import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../../../src/core/store/atomic-file.ts';
import { filesUnder, useTempFolder } from '../../../support/temp-folder.ts';

describe('writeFileAtomically', () => {
  const folder = useTempFolder();

  it('replaces a file whole, and leaves nothing beside it', async () => {
    const path = join(folder(), 'a.json');
    await writeFile(path, 'old and longer');
    await writeFileAtomically(path, 'new');
    assert.equal(await readFile(path, 'utf8'), 'new');
    assert.deepEqual(await filesUnder(folder()), ['a.json']);
  });

  it('leaves what was there when it fails, and nothing of its own', async () => {
    await mkdir(join(folder(), 'taken', 'inside'), { recursive: true });
    await assert.rejects(writeFileAtomically(join(folder(), 'taken'), 'x'));
    await assert.rejects(writeFileAtomically(join(folder(), 'no', 'folder'), 'x'));
    assert.deepEqual(await filesUnder(folder()), []);
  });

  it('stands writers in a race', async () => {
    const path = join(folder(), 'a.json');
    const texts = Array.from({ length: 20 }, (_, at) => String(at).repeat(1000));
    await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
    assert.ok(texts.includes(await readFile(path, 'utf8')));
    assert.deepEqual(await filesUnder(folder()), ['a.json']);
  });
});
