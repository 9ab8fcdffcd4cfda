import assert from 'node:assert/strict';
import { wholeBody } from '../../../../src/core/api/body.ts';
import type { RemoteBody } from '../../../../src/core/api/body.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { FakeTransport } from '../../../support/fake-transport.ts';
import { readAll } from '../../../support/streams.ts';

/** The body of an answer with these headers, by whatever transport. */
async function bodyOf(headers: Readonly<Record<string, string>>, body = '12345'): Promise<RemoteBody> {
  const url = new URL('https://storage.example/b');
  const answer = await new FakeTransport(() => [200, headers, body]).get(url, {});
  return wholeBody({ url, answer }, false);
}

describe('wholeBody', () => {
  it('gives a body of the length that was announced', async () => {
    const { stream, length } = await bodyOf({ 'content-length': '5' });
    assert.equal(length, 5);
    assert.equal((await readAll(stream)).toString(), '12345');
  });

  it('says cutShort of fewer bytes, whatever the transport thinks of it', async () => {
    const { stream } = await bodyOf({ 'content-length': '6' });
    await assert.rejects(readAll(stream), (error) => hasCode(error, 'cutShort'));
    const { stream: empty } = await bodyOf({ 'content-length': '1' }, '');
    await assert.rejects(readAll(empty), (error) => hasCode(error, 'cutShort'));
  });

  for (const header of ['', '-1', '5x', '1e3', '9'.repeat(30)]) {
    it(`takes a length of ${JSON.stringify(header)} as none`, async () => {
      const { stream, length } = await bodyOf({ 'content-length': header });
      assert.equal(length, undefined);
      assert.equal((await readAll(stream)).length, 5);
    });
  }
});
