import assert from 'node:assert/strict';
import type { Asked } from '../../../../src/core/api/asked.ts';
import { notAvailableYet, refusal, tooOld } from '../../../../src/core/api/refusal.ts';
import type { ErrorCode } from '../../../../src/core/common/errors.ts';
import { hour, minute } from '../../../support/records.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 0);
const MINUTE: Asked = { what: 'batch', id: { feed: 'files', slot: minute('202611221003') } };
const HOUR: Asked = { what: 'batch', id: { feed: 'urls', slot: hour('2026112210') } };
const SAMPLE: Asked = { what: 'artifact', feed: 'files', kind: 'sample' };
const PCAP: Asked = { what: 'artifact', feed: 'file_behaviours', kind: 'pcap' };
const QUIET = { retryAt: undefined, random: 0, isPage: false, now: NOW };

interface Row {
  readonly asked: Asked;
  readonly status: number;
  readonly code: string;
  readonly isPage?: boolean;
  readonly expected: ErrorCode;
  readonly says: RegExp;
  readonly retryAt?: number;
}

describe('refusal', () => {
  const rows: readonly Row[] = [
    {
      asked: MINUTE,
      status: 404,
      code: 'NotFoundError',
      expected: 'missingBatch',
      says: /no Files batch for 2026-11-22 10:03.*nothing is lost/u,
    },
    {
      asked: HOUR,
      status: 404,
      code: 'NotFoundError',
      expected: 'missingBatch',
      says: /no URLs package for 2026-11-22 10h/u,
    },
    {
      asked: PCAP,
      status: 404,
      code: 'NotFoundError',
      expected: 'notFound',
      says: /no longer has this PCAP/u,
    },
    {
      asked: MINUTE,
      status: 400,
      code: 'NotAvailableYet',
      expected: 'notAvailableYet',
      says: /2026-11-22 10:03 is not available yet/u,
      retryAt: NOW + 60_000,
    },
    {
      asked: MINUTE,
      status: 400,
      code: 'NotAvailableYetError',
      expected: 'notAvailableYet',
      says: /not available yet/u,
      retryAt: NOW + 60_000,
    },
    {
      asked: HOUR,
      status: 400,
      code: 'NotAvailableYet',
      expected: 'notAvailableYet',
      says: /2026-11-22 10h is not available yet/u,
      retryAt: NOW + 60_000,
    },
    { asked: PCAP, status: 400, code: 'NotAvailableYet', expected: 'invalidArgument', says: /malformed/u },
    { asked: MINUTE, status: 400, code: 'BadRequestError', expected: 'invalidArgument', says: /malformed/u },
    {
      asked: MINUTE,
      status: 400,
      code: 'InvalidArgumentError',
      expected: 'invalidArgument',
      says: /malformed/u,
    },
    { asked: MINUTE, status: 400, code: '', expected: 'invalidArgument', says: /malformed/u },
    {
      asked: MINUTE,
      status: 401,
      code: 'AuthenticationRequiredError',
      expected: 'wrongApiKey',
      says: /does not accept the API key/u,
    },
    {
      asked: MINUTE,
      status: 401,
      code: 'WrongCredentialsError',
      expected: 'wrongApiKey',
      says: /Set another one/u,
    },
    {
      asked: MINUTE,
      status: 401,
      code: 'UserNotActiveError',
      expected: 'wrongApiKey',
      says: /Set another one/u,
    },
    {
      asked: MINUTE,
      status: 403,
      code: 'ForbiddenError',
      expected: 'noLicence',
      says: /no licence for the Files feed/u,
    },
    {
      asked: HOUR,
      status: 403,
      code: 'ForbiddenError',
      expected: 'noLicence',
      says: /no licence for the URLs feed/u,
    },
    {
      asked: SAMPLE,
      status: 403,
      code: 'ForbiddenError',
      expected: 'noLicence',
      says: /may not download samples.*Everything else keeps working/u,
    },
    {
      asked: PCAP,
      status: 403,
      code: 'ForbiddenError',
      expected: 'noLicence',
      says: /Sandbox behaviours feed/u,
    },
    {
      asked: MINUTE,
      status: 429,
      code: 'TooManyRequestsError',
      expected: 'quotaExceeded',
      says: /VirusTotal asks for a pause/u,
      retryAt: NOW + 60_000,
    },
    {
      asked: MINUTE,
      status: 429,
      code: '',
      isPage: true,
      expected: 'quotaExceeded',
      says: /asks for a pause/u,
      retryAt: NOW + 60_000,
    },
    { asked: MINUTE, status: 503, code: 'TransientError', expected: 'server', says: /HTTP 503/u },
    { asked: MINUTE, status: 504, code: 'DeadlineExceededError', expected: 'server', says: /HTTP 504/u },
    { asked: PCAP, status: 500, code: '', expected: 'server', says: /HTTP 500/u },
    {
      asked: MINUTE,
      status: 418,
      code: 'Teapot',
      expected: 'protocol',
      says: /unexpected answer \(HTTP 418\)/u,
    },
    { asked: MINUTE, status: 407, code: '', expected: 'protocol', says: /HTTP 407/u },
    ...[400, 401, 403, 404].map((status): Row => ({
      asked: MINUTE,
      status,
      code: '',
      isPage: true,
      expected: 'protocol',
      says: new RegExp(`web page came instead.*HTTP ${String(status)}.*log in`, 'u'),
    })),
  ];
  for (const { asked, status, code, isPage = false, expected, says, retryAt } of rows) {
    const name = asked.what === 'batch' ? asked.id.slot : asked.kind;
    it(`calls ${String(status)} ${isPage ? 'in a web page' : code || 'without a code'} for ${name} ${expected}`, () => {
      const error = refusal(asked, { ...QUIET, status, isPage, error: { code, message: '' } });
      assert.equal(error.code, expected);
      assert.match(error.message, says);
      assert.equal(error.facts.retryAt, retryAt);
    });
  }

  it('keeps what the service said as a fact, and shows it where it helps', () => {
    const said = { code: 'WrongCredentialsError', message: 'Wrong API key' };
    const error = refusal(MINUTE, { ...QUIET, status: 401, error: said });
    assert.equal(error.facts.serviceMessage, 'Wrong API key');
    assert.equal(error.facts.status, 401);
    assert.match(error.message, /VirusTotal says: “Wrong API key”$/u);
  });
});

describe('notAvailableYet', () => {
  const slot = minute('202408231413');

  it('goes by the published lag where that is still to come', () => {
    const { retryAt } = notAvailableYet(
      slot,
      Date.UTC(2024, 7, 23, 15, 0),
      'until 2030-01-01 at 00:00 UTC',
    ).facts;
    assert.equal(retryAt, Date.UTC(2024, 7, 23, 15, 13));
  });

  it('goes by the time the API states where this clock says it should be there', () => {
    const message =
      'Package 202408231413 is not available until 2024-08-23 at 15:13 UTC because of privacy policy.';
    const error = notAvailableYet(slot, Date.UTC(2024, 7, 23, 15, 14), message);
    assert.equal(error.facts.retryAt, Date.UTC(2024, 7, 23, 15, 13));
    assert.match(error.message, /It will be at 15:13 UTC\./u);
  });

  it('says the day when it is another one', () => {
    const error = notAvailableYet(minute('202612312345'), Date.UTC(2026, 11, 31, 23, 50));
    assert.match(error.message, /at 2027-01-01 00:45 UTC/u);
  });

  it('asks again in a minute where nobody says when', () => {
    const now = Date.UTC(2024, 7, 23, 15, 14);
    for (const said of [undefined, '', 'later', 'until 2024-99-99 at 99:99 UTC'])
      assert.equal(notAvailableYet(slot, now, said).facts.retryAt, now + 60_000, said);
  });
});

describe('tooOld', () => {
  it('names the time and the seven days', () => {
    assert.match(tooOld(hour('2026112210')).message, /2026-11-22 10h is too old.*7 days/u);
  });
});
