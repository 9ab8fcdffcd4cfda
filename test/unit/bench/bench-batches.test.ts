import assert from 'node:assert/strict';
import { extract } from 'tar-stream';
import { Readable } from 'node:stream';
import { hourTar } from '../../../bench/batches/hour-tar.ts';
import { minuteText } from '../../../bench/batches/minute-text.ts';
import { factsOf } from '../../../src/core/feed/record-facts.ts';
import { compressBzip2 } from '../../../src/sample/bzip2/compress-bzip2.ts';
import { hour, minute } from '../../support/records.ts';
import { readAll } from '../../support/streams.ts';

const BYTES = 900_000;

describe('batches of the bench', () => {
  it('hold records of the size of real ones, which pack to a fifth as real ones do', () => {
    const { plain, records } = minuteText(minute('202611221003'), BYTES);
    assert.ok(plain.length >= BYTES && plain.length < BYTES + 100_000);
    const size = plain.length / records;
    assert.ok(size > 25_000 && size < 40_000, String(size));
    const ratio = plain.length / compressBzip2(plain).length;
    assert.ok(ratio > 4 && ratio < 6, String(ratio));
    const lines = plain.toString('utf8').trimEnd().split('\n');
    assert.equal(lines.length, records);
    const ids = lines.map((line) => factsOf('files', Buffer.from(line)).id);
    assert.equal(new Set(ids).size, records);
  });

  it('an hour is a tar of its minutes, each another one', async () => {
    let told = 0;
    const tar = hourTar(hour('2026112210'), 3, 50_000, ({ plain }) => (told += plain.length));
    const contents = new Map<string, string>();
    for await (const entry of Readable.from(tar).pipe(extract())) {
      contents.set(entry.header.name, (await readAll(entry)).toString('utf8'));
    }
    assert.deepEqual([...contents.keys()], ['202611221000.txt', '202611221001.txt', '202611221002.txt']);
    assert.equal(new Set(contents.values()).size, 3);
    assert.equal(Buffer.byteLength([...contents.values()].join('')), told);
  });
});
