import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { shiftSlot } from '../../src/core/feed/slot.ts';
import { newestMinute } from '../../src/core/feed/window.ts';
import { answering, fails, run, tolerate } from './api.ts';

/** The runner serves feeds at VTFEEDS_API_ORIGIN that take this key, with no licence for domains. */
const key = process.env.VTFEEDS_TEST_KEY ?? '';
const wrongKey = 'f'.repeat(64);

interface KeyResult {
  readonly checked: boolean;
  readonly feeds: Readonly<Record<string, string>>;
}

describe('the API key', () => {
  before(async () => {
    assert.match(key, /^[0-9a-f]{64}$/u);
    await tolerate(60);
    await run('useVirusTotal');
    await run('clearApiKey', {});
  });

  const minute = (): string => shiftSlot(newestMinute(Date.now()), -7);

  it('is asked for when there is none', async () => {
    assert.equal((await fails('openBatch', { feed: 'files', time: minute() })).code, 'noApiKey');
  });

  for (const [what, text] of [
    ['too short', 'abc'],
    ['with other letters', 'g'.repeat(64)],
    ['of another type', 7],
  ] as const) {
    it(`is refused when it is ${what}`, async () => {
      assert.equal((await fails('setApiKey', text)).code, 'invalidArgument');
    });
  }

  it('that VirusTotal does not know is said to be wrong', async () => {
    const { code, message } = await fails('setApiKey', wrongKey);
    assert.equal(code, 'wrongApiKey');
    assert.match(message, /does not accept the API key/u);
    assert.ok(!message.includes(wrongKey));
  });

  it('tells which feeds it opens, and is never given back', async () => {
    const result = await vscode.commands.executeCommand<KeyResult>(
      'vtFeeds.setApiKey',
      ` ${key.toUpperCase()}\n`,
    );
    assert.equal(result.checked, true);
    assert.deepEqual(result.feeds, {
      files: 'licensed',
      urls: 'licensed',
      domains: 'unlicensed',
      ip_addresses: 'licensed',
      file_behaviours: 'licensed',
    });
    assert.ok(!JSON.stringify(result).includes(key));
  });

  it('opens the feeds it has a licence for, and says of the others that it has none', async () => {
    await run('openLatest', { feed: 'urls' });
    const { code, message } = await fails('openLatest', { feed: 'domains' });
    assert.equal(code, 'noLicence');
    assert.match(message, /no licence for the Domains feed\. The other feeds keep working/u);
    await run('openLatest', { feed: 'ip_addresses' });
  });

  it('can be typed into a masked box', async () => {
    let options: vscode.InputBoxOptions = {};
    const original = vscode.window.showInputBox;
    await answering('showInputBox', key, async () => {
      const stub = vscode.window.showInputBox;
      Object.defineProperty(vscode.window, 'showInputBox', {
        configurable: true,
        value: (given: vscode.InputBoxOptions) => {
          options = given;
          return stub(given);
        },
      });
      await run('setApiKey');
    });
    Object.defineProperty(vscode.window, 'showInputBox', { value: original, configurable: true });
    assert.equal(options.password, true);
    assert.match(options.prompt ?? '', /virustotal\.com/u);
  });

  it('is gone after it was cleared', async () => {
    await run('clearApiKey', {});
    assert.equal((await fails('openBatch', { feed: 'files', time: minute() })).code, 'noApiKey');
  });
});
