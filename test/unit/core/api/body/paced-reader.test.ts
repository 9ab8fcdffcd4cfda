import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { PacedReader } from '../../../../../src/core/api/body/paced-reader.ts';
import { hasCode } from '../../../../../src/core/common/errors.ts';
import { PatientClock } from '../../../../support/patient-clock.ts';

/** Looked at every 5 ms of real time; how much time passes between is up to the clock of the test. */
const PACE = { stallMs: 5, windowMs: 1000, leastBytesPerSecond: 100 };
const CHUNK = Buffer.alloc(10);

interface Paced {
  readonly reader: PacedReader;
  readonly body: PassThrough;
  readonly clock: PatientClock;
}

function paced(): Paced {
  const [body, clock] = [new PassThrough(), new PatientClock(0)];
  return { reader: new PacedReader(body, 'storage.example', PACE, clock), body, clock };
}

/** Waits `ms` of the reader's time for a chunk. */
async function chunkAfter({ reader, body, clock }: Paced, ms: number): Promise<unknown> {
  const next = reader.next();
  clock.advance(ms);
  body.write(CHUNK);
  return next;
}

describe('PacedReader', () => {
  it('gives chunk after chunk to the end', async () => {
    const { reader, body } = paced();
    body.write('a');
    assert.equal(String(await reader.next()), 'a');
    body.end('b');
    assert.equal(String(await reader.next()), 'b');
    assert.equal(await reader.next(), undefined);
  });

  for (const [what, pass] of [
    ['stalls', 'advance'],
    ['stalled while the machine slept', 'sleep'],
  ] as const) {
    it(`gives up a body that ${what}, and closes it`, async () => {
      const { reader, body, clock } = paced();
      const next = reader.next();
      clock[pass](PACE.stallMs);
      await assert.rejects(
        next,
        (error) => hasCode(error, 'timeout') && String(error).includes('stopped sending'),
      );
      assert.ok(body.destroyed);
    });
  }

  it('is not led astray by a clock that is set back', async () => {
    const { reader, clock } = paced();
    const next = reader.next();
    clock.sleep(-3_600_000);
    clock.advance(PACE.stallMs);
    await assert.rejects(next, (error) => hasCode(error, 'timeout'));
  });

  it('gives up a body that drips', async () => {
    const dripping = paced();
    let chunks = 0;
    const drip = async (): Promise<never> => {
      for (;;) {
        await chunkAfter(dripping, 400);
        chunks++;
      }
    };
    await assert.rejects(drip, (error) => hasCode(error, 'timeout') && String(error).includes('too slowly'));
    assert.equal(chunks, 2);
  });

  it('puts up with one that is slow enough, for as long as it takes', async () => {
    const slow = paced();
    for (let chunk = 0; chunk < 100; chunk++) assert.deepEqual(await chunkAfter(slow, 100), CHUNK);
  });

  it('does not hold the time its reader takes against the network', async () => {
    const unhurried = paced();
    for (let chunk = 0; chunk < 20; chunk++) {
      assert.deepEqual(await chunkAfter(unhurried, 0), CHUNK);
      unhurried.clock.advance(3_600_000);
      await setImmediate();
    }
  });

  it('rejects as the body does', async () => {
    const { reader, body } = paced();
    const next = reader.next();
    const failure = new Error('x');
    body.destroy(failure);
    await assert.rejects(next, failure);
  });
});
