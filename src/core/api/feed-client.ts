import { VtFeedsError, hasCode } from '../common/errors.ts';
import type { ArtifactLink } from '../feed/artifact-link.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import { isMinute } from '../feed/slot.ts';
import { availability, newestMinute } from '../feed/window.ts';
import { readApiError } from './api-error.ts';
import type { ApiGate, Hop } from './api-gate.ts';
import { wholeBody } from './body.ts';
import type { RemoteBody } from './body.ts';
import { MAX_REDIRECTS } from './redirect.ts';
import { notAvailableYet, refusal, tooOld } from './refusal.ts';
import type { Asked } from './refusal.ts';
import { withRetry } from './retry.ts';

/** What a key may do with a feed. */
export type Licence = 'licensed' | 'unlicensed';

/** Asks the API for batches and artifacts: the key on the first hop only, redirects by hand. */
export class FeedClient {
  constructor(
    private readonly gate: ApiGate,
    private readonly now: () => number,
    private readonly proxied: boolean,
    /** About how long the first retry waits, milliseconds. */
    private readonly retryWaitMs?: number,
  ) {}

  /** Opens a batch. Times outside the feed's window are refused without a request. */
  async openBatch(id: BatchId, signal: AbortSignal): Promise<RemoteBody> {
    const due = availability(id.slot, this.now());
    if (due.state === 'notYet') throw notAvailableYet(id.slot, this.now());
    if (due.state === 'tooOld') throw tooOld(id.slot);
    return this.open(batchPath(id), { what: 'batch', id }, signal);
  }

  openArtifact(feed: Feed, link: ArtifactLink, signal: AbortSignal): Promise<RemoteBody> {
    return this.open(link.path, { what: 'artifact', feed, kind: link.kind }, signal);
  }

  /** Finds out whether the key opens `feed`: one request for its newest minute, the redirect not followed. */
  async probe(feed: Feed, signal: AbortSignal): Promise<Licence> {
    const id: BatchId = { feed, slot: newestMinute(this.now()) };
    const { answer } = await this.gate.ask(batchPath(id), signal);
    if (answer.status < 400) {
      answer.body.destroy();
      return 'licensed';
    }
    const error = await this.refused(answer, { what: 'batch', id });
    if (error.code === 'noLicence') return 'unlicensed';
    if (error.code === 'missingBatch' || error.code === 'notAvailableYet') return 'licensed';
    throw error;
  }

  private async open(path: string, asked: Asked, signal: AbortSignal): Promise<RemoteBody> {
    return withRetry(
      async () => {
        try {
          return await this.openOnce(path, asked, signal);
        } catch (error) {
          if (!hasCode(error, 'linkExpired')) throw error;
          return this.openOnce(path, asked, signal);
        }
      },
      signal,
      this.retryWaitMs,
    );
  }

  private async openOnce(path: string, asked: Asked, signal: AbortSignal): Promise<RemoteBody> {
    const first = await this.gate.ask(path, signal);
    if (first.answer.status >= 400) throw await this.refused(first.answer, asked);
    let hop = first;
    for (let redirects = 0; isRedirect(hop); redirects++) {
      if (redirects === MAX_REDIRECTS) {
        hop.answer.body.destroy();
        throw new VtFeedsError('redirectRefused', 'The download was redirected too often. Try again later.');
      }
      hop = await this.gate.follow(hop, signal);
    }
    const { status, body } = hop.answer;
    if (status === 200) return wholeBody(hop, this.proxied);
    body.destroy();
    if (status >= 400 && status < 500) {
      throw new VtFeedsError('linkExpired', 'The storage refused the download link. Try again.', { status });
    }
    throw status >= 500
      ? new VtFeedsError(
          'server',
          `The storage had a problem (HTTP ${String(status)}). Try again in a minute.`,
          { status },
        )
      : new VtFeedsError(
          'protocol',
          `The download was answered with HTTP ${String(status)}. Try again later.`,
          { status },
        );
  }

  private async refused(answer: Hop['answer'], asked: Asked): Promise<VtFeedsError> {
    const error = await readApiError(answer.body, (text) => this.gate.conceal(text));
    const retryAfter = answer.headers.get('retry-after');
    return refusal(asked, { status: answer.status, retryAfter, error, now: this.now() });
  }
}

function batchPath({ feed, slot }: BatchId): string {
  return `/api/v3/feeds/${feed}/${isMinute(slot) ? '' : 'hourly/'}${slot}`;
}

function isRedirect({ answer }: Hop): boolean {
  return [301, 302, 303, 307, 308].includes(answer.status);
}
