import assert from 'node:assert/strict';
import { VtFeedsError } from '../../../../src/core/common/errors.ts';
import { Redactor } from '../../../../src/core/common/redact.ts';
import { Log } from '../../../../src/vscode/platform/log.ts';
import type { LogChannel } from '../../../../src/vscode/platform/log.ts';

const KEY = 'c0ffee'.padEnd(64, '0');
const TOKEN = Buffer.from(`${'a'.repeat(64)}||v3||1795347121||${'b'.repeat(64)}`).toString('base64url');

/** Keeps what VS Code would write. */
class Lines implements LogChannel {
  readonly written: string[] = [];

  readonly info = this.at('info');
  readonly warn = this.at('warn');
  readonly error = this.at('error');

  show(): void {
    this.written.push('shown');
  }

  private at(level: string): (text: string) => void {
    return (text) => this.written.push(`${level} ${text}`);
  }
}

describe('Log', () => {
  const make = (): { readonly log: Log; readonly lines: Lines } => {
    const redactor = new Redactor();
    redactor.add(KEY);
    const lines = new Lines();
    return { log: new Log(lines, redactor), lines };
  };

  it('takes keys, tokens and signed links out of every level', () => {
    const { log, lines } = make();
    const secret = `${KEY} /api/v3/feeds/files/${TOKEN}/download https://storage.example.com/x?sig=abc#d`;
    log.info(secret);
    log.warn(secret);
    log.error('it failed', new VtFeedsError('internal', secret, { serviceMessage: secret }));
    assert.equal(lines.written.length, 3);
    for (const line of lines.written) {
      assert.ok(!line.includes(KEY) && !line.includes(TOKEN) && !line.includes('sig=abc'), line);
      assert.match(line, /<key> .*<token>\/download https:\/\/storage\.example\.com\/x\?<signed>/u);
    }
  });

  it('writes what a feed says so that it cannot forge or hide a line', () => {
    const { log, lines } = make();
    log.info('name \u001b[31mred\u202egpj.exe');
    assert.deepEqual(lines.written, ['info name \\u001b[31mred\\u202egpj.exe']);
  });

  it('keeps the stack of the unexpected, and spares that of what happens', () => {
    const { log, lines } = make();
    log.error('opening', new VtFeedsError('missingBatch', 'There is no batch.'));
    log.error('opening', new VtFeedsError('internal', 'Something broke.'));
    assert.deepEqual(lines.written[0], 'warn opening: [missingBatch] There is no batch.');
    assert.match(lines.written[1] ?? '', /^error opening: \[internal\] Something broke\.\n.*\n\s+at /su);
  });

  it('is shown when asked for', () => {
    const { log, lines } = make();
    log.show();
    assert.deepEqual(lines.written, ['shown']);
  });
});
