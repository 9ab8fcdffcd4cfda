import assert from 'node:assert/strict';
import { WriteBehind } from '../../../../src/core/store/write-behind.ts';

const MB = 1024 * 1024;

/** A file whose writes end when they are told to. */
class SlowFile {
  readonly writes: { readonly data: Buffer; end(error?: Error): void }[] = [];
  closed = 0;

  writeFile(data: Buffer | string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error): void => {
        if (error === undefined) resolve();
        else reject(error);
      };
      this.writes.push({ data: Buffer.from(data), end });
    });
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

async function isSettled(promise: Promise<unknown> | undefined): Promise<boolean> {
  const open = Symbol('open');
  const first = await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, open))]);
  return first !== open;
}

describe('WriteBehind', () => {
  let file: SlowFile;
  let behind: WriteBehind;
  beforeEach(() => {
    file = new SlowFile();
    behind = new WriteBehind(file);
  });

  it('gathers small writes, and writes one large piece while the next is gathered', async () => {
    for (const byte of [1, 2, 3]) assert.equal(behind.add(Buffer.alloc(MB / 4, byte)), undefined);
    assert.ok(await isSettled(behind.add(Buffer.alloc(MB / 4, 4))), 'it waits for no write');
    assert.equal(behind.add(Buffer.alloc(10, 5)), undefined);
    assert.deepEqual(
      file.writes.map(({ data }) => data.length),
      [MB],
    );
    assert.equal(behind.size, MB + 10);
  });

  it('has whoever fills the next piece wait for the one before', async () => {
    await behind.add(Buffer.alloc(MB, 1));
    const waiting = behind.add(Buffer.alloc(MB, 2));
    assert.ok(!(await isSettled(waiting)));
    assert.equal(file.writes.length, 1);
    file.writes[0]?.end();
    await waiting;
    assert.equal(file.writes.length, 2);
  });

  it('has written everything, in order, when it has finished', async () => {
    const given = [Buffer.alloc(MB, 1), Buffer.from('two'), Buffer.from('three')];
    for (const bytes of given) await behind.add(bytes);
    const finished = behind.finish();
    assert.ok(!(await isSettled(finished)));
    file.writes[0]?.end();
    assert.ok(!(await isSettled(finished)));
    file.writes[1]?.end();
    await finished;
    assert.ok(Buffer.concat(file.writes.map(({ data }) => data)).equals(Buffer.concat(given)));
  });

  it('tells of a write that failed at the next opportunity, whenever that is', async () => {
    await behind.add(Buffer.alloc(MB));
    file.writes[0]?.end(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    await new Promise(setImmediate);
    await assert.rejects(behind.add(Buffer.alloc(MB)) ?? Promise.resolve(), { code: 'diskFull' });
    await assert.rejects(behind.finish(), { code: 'diskFull' });
  });

  it('closes the file only when nothing is written any more, and also where that failed', async () => {
    await behind.add(Buffer.alloc(MB));
    const closed = behind.close();
    assert.ok(!(await isSettled(closed)));
    assert.equal(file.closed, 0);
    file.writes[0]?.end(new Error('gone'));
    await closed;
    assert.equal(file.closed, 1);
  });
});
