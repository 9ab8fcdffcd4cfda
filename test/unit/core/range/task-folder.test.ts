import assert from 'node:assert/strict';
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TaskFolder } from '../../../../src/core/range/task-folder.ts';
import { useTempFolder } from '../../../support/temp-folder.ts';

describe('TaskFolder', () => {
  const root = useTempFolder();
  const inRoot = (): TaskFolder => new TaskFolder(join(root(), 'ranges'));

  it('is empty before anything was written, and makes no folder for that', async () => {
    const files = inRoot();
    await files.tidy();
    assert.deepEqual(
      [await files.ids(), await files.loadTask('a'), await files.loadClaim('a')],
      [[], undefined, undefined],
    );
    assert.deepEqual(await readdir(root()), []);
  });

  it('keeps a text and a claim for each, for this user only', async () => {
    const files = inRoot();
    await files.saveTask('range-files-202611220830-202611220929', '{"version":1}');
    await files.saveClaim('range-files-202611220830-202611220929', 'claim');
    await files.saveTask('follow-ip_addresses', 'text');
    assert.deepEqual((await files.ids()).sort(), [
      'follow-ip_addresses',
      'range-files-202611220830-202611220929',
    ]);
    assert.equal(await files.loadTask('follow-ip_addresses'), 'text');
    assert.equal(await files.loadClaim('range-files-202611220830-202611220929'), 'claim');
    assert.equal(await files.loadClaim('follow-ip_addresses'), undefined);
    if (process.platform !== 'win32') assert.equal((await stat(join(root(), 'ranges'))).mode & 0o077, 0);
  });

  it('removes a claim, at once or by and by, and a task with its claim', async () => {
    const files = inRoot();
    for (const id of ['a', 'b', 'c']) {
      await files.saveTask(id, 'text');
      await files.saveClaim(id, 'claim');
    }
    await files.removeClaim('a');
    files.removeClaimNow('b');
    files.removeClaimNow('b');
    await files.removeTask('c');
    assert.deepEqual((await readdir(join(root(), 'ranges'))).sort(), ['a.task.json', 'b.task.json']);
  });

  it('tidies what a window that died was about to write, and nothing else', async () => {
    const files = inRoot();
    await files.saveTask('a', 'text');
    const [old, young] = ['a.task.json.0123456789ab.tmp', 'a.task.json.ba9876543210.tmp'].map((name) =>
      join(root(), 'ranges', name),
    );
    for (const path of [old, young]) await writeFile(path ?? '', '');
    await utimes(old ?? '', 1, 1);
    await files.tidy();
    assert.deepEqual((await readdir(join(root(), 'ranges'))).sort(), [
      'a.task.json',
      'a.task.json.ba9876543210.tmp',
    ]);
  });

  it('passes over names that are none of its own', async () => {
    const files = inRoot();
    await files.saveTask('a', 'text');
    for (const name of ['A b.task.json', '.task.json', 'a.claim.json', 'x.json'])
      await writeFile(join(root(), 'ranges', name), '');
    assert.deepEqual(await files.ids(), ['a']);
  });
});
