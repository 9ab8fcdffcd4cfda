import assert from 'node:assert/strict';
import { parseApiKey } from '../../../../src/core/api/api-key.ts';
import type { ApiKey } from '../../../../src/core/api/api-key.ts';
import { Emitter } from '../../../../src/core/common/emitter.ts';
import { Redactor } from '../../../../src/core/common/redact.ts';
import { KeyStore } from '../../../../src/vscode/platform/key-store.ts';
import type { Secrets } from '../../../../src/vscode/platform/key-store.ts';

const ORIGIN = 'https://www.virustotal.com';

/** The secret storage that every window of a VS Code shares. */
class SharedSecrets implements Secrets {
  readonly stored = new Map<string, string>();
  private readonly changes = new Emitter<{ readonly key: string }>();

  readonly onDidChange = (listener: (event: { readonly key: string }) => void): { dispose(): unknown } => ({
    dispose: this.changes.event(listener),
  });

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.stored.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
    this.changes.emit({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.stored.delete(key);
    this.changes.emit({ key });
    return Promise.resolve();
  }
}

function key(digit: string): ApiKey {
  const parsed = parseApiKey(digit.repeat(64));
  assert.ok(parsed !== undefined);
  return parsed;
}

describe('KeyStore', () => {
  it('tells another window of a key that was set, changed and cleared', async () => {
    const secrets = new SharedSecrets();
    const here = new KeyStore(secrets, new Redactor(), ORIGIN);
    const there = new KeyStore(secrets, new Redactor(), ORIGIN);
    const change = (): Promise<void> =>
      new Promise((resolve) => {
        const stop = there.onDidChange(() => {
          stop();
          resolve();
        });
      });
    let changed = change();
    await here.set(key('a'));
    await changed;
    assert.equal(there.hasKey, true);
    changed = change();
    await here.set(key('b'));
    await changed;
    assert.equal(await there.load(), key('b'));
    changed = change();
    await here.clear();
    await changed;
    assert.equal(there.hasKey, false);
    here.dispose();
    there.dispose();
  });

  it('keeps a key under its origin: another origin does not see it', async () => {
    const secrets = new SharedSecrets();
    await new KeyStore(secrets, new Redactor(), ORIGIN).set(key('a'));
    assert.equal(await new KeyStore(secrets, new Redactor(), 'http://127.0.0.1:8080').load(), undefined);
    assert.deepEqual([...secrets.stored.keys()], [`vtFeeds.apiKey:${ORIGIN}`]);
  });

  it('takes what cannot be a key for none', async () => {
    const secrets = new SharedSecrets();
    secrets.stored.set(`vtFeeds.apiKey:${ORIGIN}`, 'not a key');
    assert.equal(await new KeyStore(secrets, new Redactor(), ORIGIN).load(), undefined);
  });

  it('keeps every key it saw out of the log, also one that was changed since', async () => {
    const redactor = new Redactor();
    const store = new KeyStore(new SharedSecrets(), redactor, ORIGIN);
    await store.set(key('a'));
    await store.set(key('b'));
    assert.equal(redactor.redact(`${key('a')} ${key('b')}`), '<key> <key>');
  });
});
