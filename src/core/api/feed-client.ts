import { toVtFeedsError } from '../common/errors.ts';
import type { ArtifactLink } from '../feed/artifact-link.ts';
import type { BatchId } from '../feed/batch-id.ts';
import type { Feed } from '../feed/feed.ts';
import { isMinute } from '../feed/slot.ts';
import { availability, newestMinute } from '../feed/window.ts';
import type { ApiGate } from './api-gate.ts';
import type { Asked } from './asked.ts';
import { assertPlain, remoteBody } from './body/remote-body.ts';
import type { RemoteBody } from './body/remote-body.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { ObjectRequest } from './object-request.ts';
import { PATIENCE } from './patience.ts';
import type { Patience } from './patience.ts';
import { notAvailableYet, tooOld } from './refusal.ts';
import { ResumingBody } from './body/resuming-body.ts';
import type { AskAgain } from './body/resuming-body.ts';

/** What a key may do with a feed. */
export type Licence = 'licensed' | 'unlicensed';

/**
 * Asks the API for batches and artifacts: the key on the first hop only, redirects by hand. What may pass is tried
 * again; a pause the service asks for is kept by every request of this client, and where it is longer than a minute
 * ends as `quotaExceeded` with its `retryAt`.
 */
export class FeedClient {
  constructor(
    private readonly gate: ApiGate,
    private readonly clock: Clock = systemClock,
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** Opens a batch. Times outside the feed's window are refused without a request. */
  async openBatch(id: BatchId, signal: AbortSignal): Promise<RemoteBody> {
    const now = this.clock.now();
    const due = availability(id.slot, now);
    if (due.state === 'notYet') throw notAvailableYet(id.slot, now);
    if (due.state === 'tooOld') throw tooOld(id.slot);
    return this.open(batchPath(id), { what: 'batch', id }, signal);
  }

  openArtifact(feed: Feed, link: ArtifactLink, signal: AbortSignal): Promise<RemoteBody> {
    return this.open(link.path, { what: 'artifact', feed, kind: link.kind }, signal);
  }

  /** Finds out whether the key opens `feed`: one request for its newest minute, the redirect not followed. */
  async probe(feed: Feed, signal: AbortSignal): Promise<Licence> {
    const id: BatchId = { feed, slot: newestMinute(this.clock.now()) };
    try {
      const { answer } = await this.requestFor(batchPath(id), { what: 'batch', id }).ask(signal);
      answer.body.destroy();
      return 'licensed';
    } catch (thrown) {
      const error = toVtFeedsError(thrown);
      if (error.code === 'noLicence') return 'unlicensed';
      if (error.code === 'missingBatch' || error.code === 'notAvailableYet') return 'licensed';
      throw error;
    }
  }

  private async open(path: string, asked: Asked, signal: AbortSignal): Promise<RemoteBody> {
    const request = this.requestFor(path, asked);
    const first = await request.open(this.patience.open, signal);
    assertPlain(first);
    const askAgain: AskAgain = async (ending, range) => {
      const part = range && { range, direct: first.redirects === 0 };
      const hop = await request.open(this.patience.resume, ending, part);
      assertPlain(hop);
      return hop;
    };
    return remoteBody(new ResumingBody(first, askAgain, signal, this.patience, this.clock));
  }

  private requestFor(path: string, asked: Asked): ObjectRequest {
    return new ObjectRequest(this.gate, this.clock, path, asked);
  }
}

function batchPath({ feed, slot }: BatchId): string {
  return `/api/v3/feeds/${feed}/${isMinute(slot) ? '' : 'hourly/'}${slot}`;
}
