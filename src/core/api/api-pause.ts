import type { Clock } from './clock.ts';
import { pauseAsked } from './overload.ts';

/** A pause up to here is waited for; a longer one is an error that says when it ends. */
export const SHORT_PAUSE_MS = 60_000;

/** The time before which the service asked not to be asked again, for all requests of one client. */
export class ApiPause {
  /** `until`: Unix milliseconds, where a pause is known of from elsewhere. */
  constructor(
    private readonly clock: Clock,
    private until = 0,
  ) {}

  /** From now on nothing is sent before `retryAt`, Unix milliseconds. */
  heed(retryAt: number): void {
    this.until = Math.max(this.until, retryAt);
  }

  /** Resolves when a request may be sent. A pause that is long rejects with `quotaExceeded` and its `retryAt`. */
  async passed(signal: AbortSignal): Promise<void> {
    for (let waitedFor = 0; waitedFor < this.until;) {
      waitedFor = this.until;
      const left = waitedFor - this.clock.now();
      if (left > SHORT_PAUSE_MS)
        throw pauseAsked('VirusTotal asks for a pause.', waitedFor, this.clock.now());
      if (left > 0) await this.clock.wait(left + 1, signal);
    }
  }
}
