import assert from 'node:assert/strict';
import { ingest } from '../../../../src/core/batch/ingest.ts';
import type { RecordSink } from '../../../../src/core/batch/ingest.ts';
import { hasCode } from '../../../../src/core/common/errors.ts';
import { isRecord } from '../../../../src/core/feed/record-facts.ts';
import type { RecordFacts } from '../../../../src/core/feed/record-facts.ts';
import { ORDINARY, fileRecord } from '../../../support/records.ts';
import { chunksOf, piecesOf } from '../../../support/streams.ts';

class ListSink implements RecordSink {
  readonly lines: string[] = [];
  readonly facts: RecordFacts[] = [];

  append(line: Buffer, facts: RecordFacts): undefined {
    this.lines.push(line.toString('utf8'));
    this.facts.push(facts);
  }
}

async function taken(...chunks: readonly (string | Buffer)[]): Promise<ListSink> {
  const sink = new ListSink();
  const count = await ingest('files', chunksOf(...chunks.map((chunk) => Buffer.from(chunk))), sink);
  assert.equal(count, sink.lines.length);
  return sink;
}

describe('ingest', () => {
  const A = JSON.stringify(fileRecord({}, 'a'));
  const B = JSON.stringify(fileRecord({ meaningful_name: 'b\u2028é👩‍💻.exe' }, 'b'));

  it('hands on every record with its facts, in order', async () => {
    const { lines, facts } = await taken(`${A}\n${B}\n`);
    assert.deepEqual(lines, [A, B]);
    assert.deepEqual(
      facts.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(facts[1]?.summary.name, 'b\u2028é👩‍💻.exe');
  });

  it('gives the same from chunks of any size', async () => {
    const bytes = Buffer.from(`${A}\r\n\r\n${B}`);
    for (const size of [1, 2, 3, 7, 100]) {
      const { lines } = await taken(...piecesOf(bytes, size));
      assert.deepEqual(lines, [`${A}\r`, B]);
    }
  });

  it('takes a byte order mark off the first line, and off no other', async () => {
    const { lines, facts } = await taken(`\ufeff${A}\n\ufeff${B}\n`);
    assert.deepEqual(lines, [A, `\ufeff${B}`]);
    assert.deepEqual(
      facts.map(({ id }) => id),
      ['a', ''],
    );
  });

  it('keeps a bad line among good ones, marked as such', async () => {
    const { lines, facts } = await taken(`${A}\nnot json\n${B}\n`);
    assert.deepEqual(lines, [A, 'not json', B]);
    assert.deepEqual(
      facts.map(({ id }) => id),
      ['a', '', 'b'],
    );
    assert.equal(facts[1]?.summary.problem, 'this line is not a JSON object');
  });

  it('knows a last record that is cut off at any byte', async () => {
    for (let end = 1; end < A.length - 1; end++) {
      await assert.rejects(
        taken(`${B}\n${A.slice(0, end)}`),
        (error) => hasCode(error, 'corrupt'),
        String(end),
      );
    }
  });

  it('takes a last record without a newline, blanks after it as well', async () => {
    for (const end of ['', ' ', '\r', ' \t\r'])
      assert.deepEqual((await taken(`${A}\n${B}${end}`)).lines, [A, `${B}${end}`]);
  });

  it('keeps 9,999 records around a bad one, and tells which it is', async () => {
    const records = Array.from({ length: 10_000 }, (_, at) =>
      at === 4_321 ? '{"id":"x",}' : `{"id":"${String(at)}"}`,
    );
    const { lines, facts } = await taken(records.join('\n') + '\n');
    assert.deepEqual(lines, records);
    assert.deepEqual(
      facts.flatMap((of, at) => (isRecord(of) ? [] : [at])),
      [4_321],
    );
    assert.equal(facts[4_322]?.id, '4322');
  });

  it('refuses a bad line without a newline at the end, for it may be half a record', async () => {
    for (const end of ['{"id":"x",}', 'null', '{}}'])
      await assert.rejects(taken(`${A}\n${end}`), (error) => hasCode(error, 'corrupt'));
  });

  it('finds nothing in nothing', async () => {
    assert.deepEqual((await taken()).lines, []);
    assert.deepEqual((await taken('\n\r\n', '')).lines, []);
  });

  it('waits for a sink that gives a promise, and for no other', async () => {
    const order: string[] = [];
    const sink: RecordSink = {
      append: (line) => {
        order.push(`append ${String(line.length)}`);
        if (line.length !== A.length) return undefined;
        return new Promise((resolve) => {
          setImmediate(() => {
            order.push('taken');
            resolve();
          });
        });
      },
    };
    assert.equal(await ingest('files', chunksOf(Buffer.from(`{}\n${A}\n[]\n${A}`)), sink), 4);
    const waited = [`append ${String(A.length)}`, 'taken'];
    assert.deepEqual(order, ['append 2', ...waited, 'append 2', ...waited]);
  });

  it('stops when the sink fails, and says why', async () => {
    const full: RecordSink = { append: () => Promise.reject(new Error('full')) };
    await assert.rejects(ingest('urls', chunksOf(Buffer.from(`${A}\n`)), full), /full/u);
  });

  it('lifts the facts that the feed has', async () => {
    const sink = new ListSink();
    await ingest('domains', chunksOf(Buffer.from(JSON.stringify(ORDINARY.domains))), sink);
    assert.equal(sink.facts[0]?.summary.domain, 'evil[.]example');
  });
});
