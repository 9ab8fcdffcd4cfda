import assert from 'node:assert/strict';
import { ahead } from '../../../../../src/core/batch/bzip2/ahead.ts';
import { allOf } from '../../../../support/streams.ts';
import { refuseUnhandledRejections, settled } from '../../../../support/unhandled-rejections.ts';

/** Counts what is asked of it, fails after `failAt` items, and knows whether it was ended. */
class Numbers {
  asked = 0;
  isEnded = false;

  constructor(
    private readonly count: number,
    private readonly failAt = Infinity,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    try {
      for (let at = 0; at < this.count; at++) {
        this.asked++;
        await Promise.resolve();
        if (at === this.failAt) throw new Error(`number ${String(at)}`);
        yield at;
      }
    } finally {
      this.isEnded = true;
    }
  }
}

describe('ahead', () => {
  refuseUnhandledRejections();

  it('gives all items in order, however many are asked for', async () => {
    for (const count of [1, 2, 5, 100]) {
      const numbers = new Numbers(20);
      const given = await allOf(ahead(numbers[Symbol.asyncIterator](), count));
      assert.deepEqual(given, [...Array(20).keys()]);
      assert.ok(numbers.isEnded);
    }
  });

  it('gives nothing of nothing', async () => {
    assert.deepEqual(await allOf(ahead(new Numbers(0)[Symbol.asyncIterator](), 3)), []);
  });

  it('asks for as many as it may before they are taken, and no more', async () => {
    const numbers = new Numbers(50);
    const given = ahead(numbers[Symbol.asyncIterator](), 7);
    await settled();
    assert.equal(numbers.asked, 0);
    for (let taken = 1; taken <= 10; taken++) {
      assert.deepEqual(await given.next(), { done: false, value: taken - 1 });
      await settled();
      // One item is in the hands of who took it, seven less one are on their way.
      assert.equal(numbers.asked, taken + 6);
    }
    await given.return(undefined);
  });

  it('ends its source when nobody takes any more', async () => {
    const numbers = new Numbers(50);
    for await (const number of ahead(numbers[Symbol.asyncIterator](), 4)) if (number === 2) break;
    await settled();
    assert.ok(numbers.isEnded);
    assert.ok(numbers.asked < 10);
  });

  it('fails where its source does, after the items before', async () => {
    const numbers = new Numbers(50, 5);
    const given: number[] = [];
    const taking = (async () => {
      for await (const number of ahead(numbers[Symbol.asyncIterator](), 10)) given.push(number);
    })();
    await assert.rejects(taking, /number 5/u);
    assert.deepEqual(given, [0, 1, 2, 3, 4]);
  });

  it('keeps to itself what fails after it was ended', async () => {
    const numbers = new Numbers(50, 3);
    for await (const number of ahead(numbers[Symbol.asyncIterator](), 10)) if (number === 0) break;
  });

  it('does not wait for a source that never answers when it is ended', async () => {
    async function* silent(): AsyncGenerator<number> {
      yield 0;
      await new Promise<void>(() => undefined);
    }
    for await (const number of ahead(silent(), 3)) {
      assert.equal(number, 0);
      break;
    }
  });
});
