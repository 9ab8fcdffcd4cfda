import { VtFeedsError } from '../common/errors.ts';
import type { ErrorCode } from '../common/errors.ts';
import { feedInfo } from '../feed/feed.ts';
import { isMinute } from '../feed/slot.ts';
import type { Slot } from '../feed/slot.ts';
import { momentText, slotText } from '../feed/slot-text.ts';
import { availability } from '../feed/window.ts';
import { artifactInfo } from '../feed/artifact.ts';
import type { ApiError } from './api-error.ts';
import type { Asked } from './asked.ts';
import { overload } from './overload.ts';
import type { Told } from './overload.ts';
import { pageInstead } from './page.ts';

export interface Refused extends Told {
  readonly error: ApiError;
  /** The answer is a web page: something in between sent it, not the API. */
  readonly isPage: boolean;
}

/** Turns an answer of the API other than success into the error a person sees. */
export function refusal(asked: Asked, answer: Refused): VtFeedsError {
  const { status, error } = answer;
  const fail = (code: ErrorCode, sentence: string): VtFeedsError =>
    new VtFeedsError(code, sentence, {
      status,
      ...(error.message === '' ? {} : { serviceMessage: error.message }),
    });
  const said = error.message === '' ? '' : ` VirusTotal says: “${error.message}”`;
  if (status === 429 || status >= 500) return overload({ ...answer, who: 'VirusTotal', code: error.code });
  if (answer.isPage) return pageInstead(status);
  if (status === 401)
    return fail('wrongApiKey', `VirusTotal does not accept the API key. Set another one.${said}`);
  if (status === 403) return fail('noLicence', noLicenceText(asked));
  if (status === 404) return fail(...absent(asked));
  if (status === 400 && asked.what === 'batch' && error.code.startsWith('NotAvailableYet')) {
    return notAvailableYet(asked.id.slot, answer.now, error.message);
  }
  if (status === 400) return fail('invalidArgument', `VirusTotal refused the request as malformed.${said}`);
  return fail(
    'protocol',
    `VirusTotal gave an unexpected answer (HTTP ${String(status)}). Try again later.${said}`,
  );
}

/** A slot that is still to come; `serviceMessage` is what the API said, where it was asked. */
export function notAvailableYet(slot: Slot, now: number, serviceMessage?: string): VtFeedsError {
  const due = availability(slot, now);
  const retryAt =
    due.state === 'notYet' ? due.availableAt : (statedTime(serviceMessage ?? '') ?? now + 60_000);
  return new VtFeedsError(
    'notAvailableYet',
    `${slotText(slot)} is not available yet. It will be at ${momentText(retryAt, now)}.`,
    { retryAt, ...(serviceMessage ? { serviceMessage } : {}) },
  );
}

export function tooOld(slot: Slot): VtFeedsError {
  return new VtFeedsError(
    'tooOld',
    `${slotText(slot)} is too old: VirusTotal serves batches for 7 days. Choose a later time.`,
  );
}

function absent(asked: Asked): [ErrorCode, string] {
  if (asked.what === 'artifact') {
    return [
      'notFound',
      `VirusTotal no longer has this ${artifactInfo(asked.kind).title}. Links end after 7 days.`,
    ];
  }
  const { feed, slot } = asked.id;
  return [
    'missingBatch',
    isMinute(slot)
      ? `There is no ${feedInfo(feed).title} batch for ${slotText(slot)}: none was generated, and nothing is lost. Open the next minute.`
      : `There is no ${feedInfo(feed).title} package for ${slotText(slot)}. Its minutes may be there one by one.`,
  ];
}

function noLicenceText(asked: Asked): string {
  const title = feedInfo(asked.what === 'batch' ? asked.id.feed : asked.feed).title;
  return asked.what === 'artifact' && asked.kind === 'sample'
    ? 'The API key may not download samples: that takes a further privilege. Everything else keeps working.'
    : `The API key has no licence for the ${title} feed. The other feeds keep working; ask VirusTotal for a licence.`;
}

/** `… is not available until 2024-08-23 at 15:13 UTC …`, the API's own words in August 2024. */
function statedTime(message: string): number | undefined {
  const [, day, clock] = /until (\d{4}-\d{2}-\d{2}) at (\d{2}:\d{2}) UTC/u.exec(message) ?? [];
  if (day === undefined || clock === undefined) return undefined;
  const time = Date.parse(`${day}T${clock}:00Z`);
  return Number.isNaN(time) ? undefined : time;
}
