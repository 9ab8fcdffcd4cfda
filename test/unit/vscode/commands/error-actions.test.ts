import assert from 'node:assert/strict';
import { ERROR_CODES, VtFeedsError } from '../../../../src/core/common/errors.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { COMMAND_IDS } from '../../../../src/vscode/commands/command-ids.ts';
import { errorActions } from '../../../../src/vscode/commands/error-actions.ts';
import type { ErrorAction } from '../../../../src/vscode/commands/error-actions.ts';

const AGAIN: ErrorAction = {
  title: 'Try Again',
  command: 'vtFeeds.openBatch',
  argument: { rendering: 'full' },
};

function actions(code: ErrorCode, batch?: string): readonly ErrorAction[] {
  return errorActions(new VtFeedsError(code, 'x', batch === undefined ? {} : { batch }), AGAIN);
}

describe('errorActions', () => {
  it('names only commands there are, each with a title, no title twice', () => {
    for (const code of ERROR_CODES) {
      for (const batch of [undefined, 'files/202611221003', 'files/2026112210', 'nonsense']) {
        const offered = actions(code, batch);
        for (const { command, title } of offered) {
          assert.ok(command.startsWith('workbench.') || COMMAND_IDS.some((id) => id === command), command);
          assert.match(title, /^[A-Z][\w ]+…?$/u);
        }
        assert.equal(new Set(offered.map(({ title }) => title)).size, offered.length);
      }
    }
  });

  const expected: Readonly<Partial<Record<ErrorCode, readonly string[]>>> = {
    noApiKey: ['Set API Key', 'Use Sample Feeds'],
    wrongApiKey: ['Set API Key'],
    missingBatch: ['Open Next Minute'],
    notAvailableYet: ['Open Newest'],
    missingInARow: ['Try Again', 'Open Settings'],
    tooOld: ['Go to Time…'],
    proxy: ['Open Settings', 'Try Again'],
    diskFull: ['Clear Store…', 'Open Settings'],
    offline: ['Try Again', 'Show Log'],
    corrupt: ['Try Again', 'Show Log'],
    internal: ['Show Log'],
    cancelled: [],
    noLicence: ['Set API Key'],
    otherSource: ['Use Sample Feeds', 'Use VirusTotal'],
  };
  for (const [code, titles] of Object.entries(expected)) {
    it(`offers ${titles.join(', ') || 'nothing'} for ${code}`, () => {
      assert.deepEqual(
        actions(code as ErrorCode, 'files/202611221003').map(({ title }) => title),
        titles,
      );
    });
  }

  it('leads to the next minute, over the end of a day', () => {
    const [next] = actions('missingBatch', 'urls/202612312359');
    assert.equal(next?.command, 'vtFeeds.openBatch');
    assert.deepEqual(next.argument, { node: 'error', feed: 'urls', time: '202701010000' });
  });

  it('has no next minute for an hour, or where the batch is not known', () => {
    assert.deepEqual(actions('missingBatch', 'urls/2026112210'), []);
    assert.deepEqual(actions('missingBatch'), []);
    assert.deepEqual(actions('notAvailableYet'), []);
  });

  it('tries the batch that failed again, or else the same command', () => {
    const retry = (batch?: string): ErrorAction | undefined =>
      actions('offline', batch).find(({ title }) => title === 'Try Again');
    assert.deepEqual(retry('urls/2026112210'), {
      ...AGAIN,
      argument: { node: 'error', feed: 'urls', time: '2026112210', rendering: 'full' },
    });
    assert.deepEqual(retry(), AGAIN);
    const own = { ...AGAIN, argument: { feed: 'files', time: '202611221003' } };
    assert.deepEqual(
      errorActions(new VtFeedsError('offline', 'x', { batch: 'files/2026112210' }), own)[0]?.argument,
      {
        node: 'error',
        ...own.argument,
      },
    );
  });
});
