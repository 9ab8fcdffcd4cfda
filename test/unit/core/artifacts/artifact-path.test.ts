import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { artifactPath } from '../../../../src/core/artifacts/artifact-path.ts';
import { SHA256, minute } from '../../../support/records.ts';

const ROOT = join('/', 'kept');
const FILES = { feed: 'files', slot: minute('202611221003') } as const;
const BEHAVIOURS = { ...FILES, feed: 'file_behaviours' } as const;

describe('artifactPath', () => {
  it('names a sample by its hash', () => {
    assert.equal(
      artifactPath(ROOT, FILES, SHA256, 'sample'),
      join(ROOT, 'files', '202611221003', `${SHA256}.zip`),
    );
  });

  it('names what a sandbox made by the hash and a mark of the sandbox', () => {
    const path = artifactPath(ROOT, BEHAVIOURS, `${SHA256}_Rising MOVES`, 'pcap');
    assert.match(path, new RegExp(`${SHA256}-[0-9a-f]{8}\\.pcap$`, 'u'));
  });

  it('gives every record and kind a path of its own', () => {
    const ids = ['a', 'b', SHA256, `${SHA256}_A`, `${SHA256}_B`, `${SHA256}_`, SHA256.toUpperCase(), ''];
    const paths = ids.flatMap((id) =>
      (['pcap', 'html', 'evtx', 'memdump'] as const).map((kind) => artifactPath(ROOT, BEHAVIOURS, id, kind)),
    );
    assert.equal(new Set(paths).size, 32);
  });

  it('lets nothing of an id into the name', () => {
    const ids = [
      '../../../etc/passwd',
      '/etc/passwd',
      'C:\\x',
      'CON',
      'a'.repeat(5000),
      '\u0000',
      'x.exe.',
      '\ud800',
      `${SHA256}/../x`,
      `${SHA256}_../../x`,
      `${SHA256}x`,
    ];
    for (const id of ids) {
      const path = artifactPath(ROOT, BEHAVIOURS, id, 'memdump');
      assert.equal(dirname(path), join(ROOT, 'file_behaviours', '202611221003'));
      assert.match(path, /[/\\][0-9a-f]{64}(?:-[0-9a-f]{8})?\.dmp$/u);
    }
  });
});
