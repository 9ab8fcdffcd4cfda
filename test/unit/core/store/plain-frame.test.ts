import assert from 'node:assert/strict';
import { PlainFrame } from '../../../../src/core/store/plain-frame.ts';

describe('PlainFrame', () => {
  it('holds records with their newlines, in a memory that is used again', () => {
    const frame = new PlainFrame(16);
    for (const round of ['one', 'two']) {
      const line = Buffer.from(round);
      frame.add(line);
      line.fill(0);
      frame.add(Buffer.from('more'));
      assert.equal(frame.size, 9);
      assert.equal(frame.take().toString(), `${round}\nmore\n`);
      assert.equal(frame.size, 0);
    }
  });

  it('makes room for a record that is longer, as long as it is here', () => {
    const frame = new PlainFrame(16);
    frame.add(Buffer.from('first'));
    frame.add(Buffer.alloc(100_000, 'x'));
    assert.equal(frame.take().toString(), `first\n${'x'.repeat(100_000)}\n`);
    frame.add(Buffer.from('next'));
    assert.ok(frame.take().buffer.byteLength < 100_000);
  });
});
