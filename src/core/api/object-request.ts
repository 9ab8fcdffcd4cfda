import { VtFeedsError, hasCode, toVtFeedsError } from '../common/errors.ts';
import { readApiError } from './api-error.ts';
import type { ApiGate, Hop } from './api-gate.ts';
import { SHORT_PAUSE_MS } from './api-pause.ts';
import type { Asked } from './asked.ts';
import type { Clock } from './clock.ts';
import { pauseAsked } from './overload.ts';
import type { Told } from './overload.ts';
import type { RetryLimits } from './patience.ts';
import { isPage, mayBePage, unexpectedPage } from './page.ts';
import { MAX_REDIRECTS } from './redirect.ts';
import { refusal } from './refusal.ts';
import { backOffTime, statedRetryTime } from './retry-after.ts';
import { withRetry } from './retry.ts';
import { storageRefusal } from './storage-refusal.ts';
import type { Headers, HttpAnswer } from './network/transport.ts';

/** The rest of an object. */
export interface Part {
  readonly range: Headers;
  /** The API itself sends the object, so it and no storage is asked for the range. */
  readonly direct: boolean;
}

/** The object is not the one the range was of, or has no such bytes. */
const RANGE_REFUSED = [412, 416];

/** Asks the API for one object, as often as it takes, and follows its redirects to the storage. */
export class ObjectRequest {
  constructor(
    private readonly gate: ApiGate,
    private readonly clock: Clock,
    /** From `/api/v3/` on. */
    private readonly path: string,
    private readonly asked: Asked,
  ) {}

  /**
   * Resolves with the answer whose body is the object; for a part with whatever the storage made of the range: 200,
   * 206, 412 or 416. Each attempt asks the API anew, for a signed link lives shortly.
   */
  async open(limits: RetryLimits, signal: AbortSignal, part?: Part): Promise<Hop> {
    const attempt = async (): Promise<Hop> => {
      try {
        return await this.openOnce(signal, part);
      } catch (error) {
        if (!hasCode(error, 'linkExpired')) throw error;
        return this.openOnce(signal, part);
      }
    };
    try {
      return await withRetry(attempt, signal, limits, this.clock);
    } catch (error) {
      throw this.backingOff(toVtFeedsError(error));
    }
  }

  /** Asks the API once, with the key. Its refusals are errors; a pause it asks for is kept. */
  async ask(signal: AbortSignal, range?: Headers): Promise<Hop> {
    const hop = await this.gate.ask(this.path, signal, range);
    const { answer } = hop;
    if (answer.status < 400 || (range !== undefined && RANGE_REFUSED.includes(answer.status))) return hop;
    const error = await readApiError(answer.body, (text) => this.gate.conceal(text));
    throw this.heeded(refusal(this.asked, { ...this.told(answer), error, isPage: isPage(answer) }));
  }

  private async openOnce(signal: AbortSignal, part: Part | undefined): Promise<Hop> {
    let hop = await this.ask(signal, part?.direct === true ? part.range : undefined);
    while (isRedirect(hop.answer)) {
      if (hop.redirects === MAX_REDIRECTS) {
        hop.answer.body.destroy();
        throw new VtFeedsError('redirectRefused', 'The download was redirected too often. Try again later.');
      }
      hop = await this.gate.follow(hop, signal, part?.direct === false ? part.range : undefined);
    }
    const { answer, url } = hop;
    const isRest = part !== undefined && [206, ...RANGE_REFUSED].includes(answer.status);
    if (!isRest && answer.status !== 200) {
      answer.body.destroy();
      throw this.heeded(storageRefusal(this.told(answer)));
    }
    if (isPage(answer) && !mayBePage(this.asked)) {
      answer.body.destroy();
      throw unexpectedPage(url.host, this.asked);
    }
    return hop;
  }

  private told({ status, headers }: HttpAnswer): Told {
    const now = this.clock.now();
    return { status, retryAt: statedRetryTime(headers, now), now, random: this.clock.random() };
  }

  /** Whoever is asked for a pause keeps it. */
  private heeded(error: VtFeedsError): VtFeedsError {
    const { code, facts } = error;
    if (code === 'quotaExceeded' && facts.retryAt !== undefined) this.gate.heed(facts.retryAt);
    return error;
  }

  /** Told to come back shortly and refused each time: from then on this client waits as if nobody had said when. */
  private backingOff(error: VtFeedsError): VtFeedsError {
    const now = this.clock.now();
    const { code, facts } = error;
    if (code !== 'quotaExceeded' || (facts.retryAt ?? now) - now > SHORT_PAUSE_MS) return error;
    const retryAt = backOffTime(now, this.clock.random());
    return this.heeded(pauseAsked('VirusTotal asks for a pause again and again.', retryAt, now, facts));
  }
}

function isRedirect({ status }: HttpAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
