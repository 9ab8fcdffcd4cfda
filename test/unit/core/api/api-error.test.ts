import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { readApiError } from '../../../../src/core/api/api-error.ts';
import { envelope } from '../../../support/fake-transport.ts';
import { SHA256, tokenOf } from '../../../support/records.ts';
import { chunksOf } from '../../../support/streams.ts';

function bodyOf(text: string): Readable {
  return Readable.from([Buffer.from(text)], { objectMode: false });
}

const nothing = { code: '', message: '' };
const asItIs = (text: string): string => text;

describe('readApiError', () => {
  const cases: readonly (readonly [what: string, body: string, read: object])[] = [
    [
      'the envelope',
      envelope('NotFoundError', 'Package not found'),
      { code: 'NotFoundError', message: 'Package not found' },
    ],
    ['half an envelope', '{"error":{"code":"NotFoundError"}}', { code: 'NotFoundError', message: '' }],
    ['fields of another type', '{"error":{"code":5,"message":["x"]}}', nothing],
    ['an error that is a text', '{"error":"boom"}', nothing],
    ['an error that is null', '{"error":null}', nothing],
    ['a list', '[{"error":{"code":"x"}}]', nothing],
    ['null', 'null', nothing],
    ['a web page', '<html><body>Log in</body></html>', nothing],
    ['invalid JSON', '{"error":{"code":"NotFoundError",', nothing],
    ['an empty body', '', nothing],
    [
      'a command link and an icon',
      envelope('A', '$(verified) [click](command:x)'),
      { code: 'A', message: '$\u2009(verified) [click]\u2009(command:x)' },
    ],
    [
      'an artifact token',
      envelope('A', `No such file: ${tokenOf(SHA256)}.`),
      { code: 'A', message: 'No such file: <token>.' },
    ],
    ['bidi text', envelope('A', 'gpj.\u202eexe'), { code: 'A', message: 'gpj.\\u202eexe' }],
  ];
  for (const [what, body, read] of cases) {
    it(`reads ${what}`, async () => {
      assert.deepEqual(await readApiError(bodyOf(body), asItIs), read);
    });
  }

  it('caps a long message', async () => {
    const { message } = await readApiError(bodyOf(envelope('A', 'word '.repeat(10_000))), asItIs);
    assert.equal(message.length, 300);
  });

  it('reads no more than 64 KB of an endless body, and closes it', async () => {
    let sent = 0;
    const body = new Readable({
      read() {
        sent += 16_384;
        this.push(Buffer.alloc(16_384, 'x'));
      },
    });
    assert.deepEqual(await readApiError(body, asItIs), nothing);
    assert.ok(sent < 300_000, String(sent));
    assert.ok(body.destroyed);
  });

  it('takes a body that breaks off as one that says nothing', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield* chunksOf(Buffer.from('{"error":'));
      throw new Error('ECONNRESET');
    }
    assert.deepEqual(await readApiError(Readable.from(broken(), { objectMode: false }), asItIs), nothing);
  });

  it('conceals before it cuts, so that no half of a secret is left', async () => {
    const secret = 'ab'.repeat(32);
    const words = 'word '.repeat(56);
    const body = bodyOf(envelope(secret, `${words}${secret}`));
    const read = await readApiError(body, (text) => text.replaceAll(secret, '<key>'));
    assert.deepEqual(read, { code: '<key>', message: `${words}<key>` });
  });

  it('does not wait for a body that stalls', async () => {
    const body = new PassThrough();
    body.write('{"error":');
    assert.deepEqual(await readApiError(body, asItIs, 5), nothing);
    assert.ok(body.destroyed);
  });
});
