import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { remoteBody } from '../../../../../src/core/api/body/remote-body.ts';
import type { RemoteBody } from '../../../../../src/core/api/body/remote-body.ts';
import { ResumingBody } from '../../../../../src/core/api/body/resuming-body.ts';
import type { AskAgain } from '../../../../../src/core/api/body/resuming-body.ts';
import type { Hop } from '../../../../../src/core/api/api-gate.ts';
import { PATIENCE } from '../../../../../src/core/api/patience.ts';
import { hasCode } from '../../../../../src/core/common/errors.ts';
import { PatientClock } from '../../../../support/patient-clock.ts';
import { readAll } from '../../../../support/streams.ts';

const never: AskAgain = () => assert.fail('it was asked for again');

function hopOf(headers: Readonly<Record<string, string>>, ...chunks: readonly string[]): Hop {
  const body = Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );
  const answer = { status: 200, headers: new Map(Object.entries(headers)), body };
  return { url: new URL('https://storage.example/b'), answer, redirects: 1 };
}

/** A body of an answer by whatever transport, which need not count for itself. */
function bodyOf(hop: Hop, askAgain = never): RemoteBody {
  const { signal } = new AbortController();
  return remoteBody(new ResumingBody(hop, askAgain, signal, PATIENCE, new PatientClock(0)));
}

describe('remoteBody', () => {
  it('gives a body of the length that was announced', async () => {
    const { stream, length } = bodyOf(hopOf({ 'content-length': '5' }, '123', '45'));
    assert.equal(length, 5);
    assert.equal(String(await readAll(stream)), '12345');
  });

  it('is empty where nothing was announced to come', async () => {
    assert.equal((await readAll(bodyOf(hopOf({ 'content-length': '0' })).stream)).length, 0);
  });

  it('does not call fewer bytes whole, whatever the transport thinks of it', async () => {
    const { stream } = bodyOf(hopOf({ 'content-length': '6' }, '12345'));
    await assert.rejects(readAll(stream), (error) => hasCode(error, 'cutShort'));
  });

  it('asks for the bytes that are lacking', async () => {
    const rest = hopOf({ etag: '"a"', 'content-range': 'bytes 3-5/6' }, '456');
    const again: AskAgain = (_, range) => {
      assert.equal(range?.range, 'bytes=3-');
      return Promise.resolve({ ...rest, answer: { ...rest.answer, status: 206 } });
    };
    const { stream } = bodyOf(hopOf({ etag: '"a"', 'content-length': '6' }, '123'), again);
    assert.equal(String(await readAll(stream)), '123456');
  });

  it('gives no byte beyond the length that was announced', async () => {
    for (const chunks of [['1234567'], ['12345', '67'], ['123', '4567']]) {
      const hop = hopOf({ 'content-length': '5' }, ...chunks);
      assert.equal(String(await readAll(bodyOf(hop).stream)), '12345');
      assert.ok(hop.answer.body.destroyed);
    }
  });

  for (const header of ['', '-1', '5x', '1e3', '5, 5', '9'.repeat(30)]) {
    it(`takes a length of ${JSON.stringify(header)} as none`, async () => {
      const { stream, length } = bodyOf(hopOf({ 'content-length': header }, '12345'));
      assert.equal(length, undefined);
      assert.equal((await readAll(stream)).length, 5);
    });
  }

  it('closes the answer when it is let go of unread', () => {
    const hop = hopOf({}, '12345');
    bodyOf(hop).stream.destroy();
    assert.ok(hop.answer.body.destroyed);
  });
});
