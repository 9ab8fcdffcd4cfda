import assert from 'node:assert/strict';
import { overload } from '../../../../src/core/api/overload.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0);
const MINUTE = 60_000;

describe('overload', () => {
  const rows: readonly (readonly [
    status: number,
    code: string,
    retryAt: number | undefined,
    expected: ErrorCode,
    at: number | undefined,
    says: RegExp,
  ])[] = [
    [
      429,
      'QuotaExceededError',
      undefined,
      'quotaExceeded',
      Date.UTC(2026, 10, 23),
      /quota is used up.*23 00:00/u,
    ],
    [429, 'QuotaExceededError', NOW + 10 * MINUTE, 'quotaExceeded', NOW + 10 * MINUTE, /pause.*12:10 UTC/u],
    [
      429,
      'TooManyRequestsError',
      undefined,
      'quotaExceeded',
      NOW + 67_500,
      /It asks for a pause.*12:01 UTC/u,
    ],
    [429, '', NOW, 'quotaExceeded', NOW, /12:00 UTC/u],
    [503, 'TransientError', undefined, 'server', undefined, /It had a problem \(HTTP 503\)/u],
    [503, '', NOW, 'server', undefined, /HTTP 503/u],
    [503, '', NOW + 5 * MINUTE, 'quotaExceeded', NOW + 5 * MINUTE, /asks for a pause.*12:05 UTC/u],
    [500, '', undefined, 'server', undefined, /HTTP 500/u],
  ];
  for (const [status, code, retryAt, expected, at, says] of rows) {
    const when = retryAt === undefined ? '' : ` in ${String((retryAt - NOW) / MINUTE)} min`;
    it(`calls ${String(status)} ${code || 'without a code'}${when} ${expected}`, () => {
      const error = overload({ who: 'It', status, code, retryAt, now: NOW, random: 0.5 });
      assert.equal(error.code, expected);
      assert.equal(error.facts.retryAt, at);
      assert.equal(error.facts.status, status);
      assert.match(error.message, says);
    });
  }
});
