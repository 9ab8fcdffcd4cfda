import { VtFeedsError, hasCode } from '../../common/errors.ts';
import type { Hop } from '../api-gate.ts';
import { BodyCheck } from './body-check.ts';
import type { Clock } from '../clock.ts';
import { networkError } from '../network/network-error.ts';
import { canContinue, identityOf, restHeaders, totalOfRest } from './object-identity.ts';
import type { ObjectIdentity } from './object-identity.ts';
import { PacedReader } from './paced-reader.ts';
import type { Patience } from '../patience.ts';
import { fullJitter } from '../retry.ts';
import type { Headers } from '../network/transport.ts';

/** Asks for the object anew, from the API on; with `range` headers for a part of it. */
export type AskAgain = (signal: AbortSignal, range: Headers | undefined) => Promise<Hop>;

/** A break that comes after so much more does not count with those before it. */
const PROGRESS_BYTES = 1_000_000;
const PROGRESS_SHARE = 0.02;

/**
 * The bytes of one object, by as many connections as it takes. Where one breaks, stalls or drips, the rest is asked
 * for, and taken only from the very same object; no byte is given twice.
 */
export class ResumingBody {
  private readonly closing = new AbortController();
  private readonly signal: AbortSignal;
  private object: ObjectIdentity;
  private check: BodyCheck | undefined;
  private reader: PacedReader;
  private received = 0;
  private breaks = 0;
  private receivedAtBreak = 0;

  constructor(
    private hop: Hop,
    private readonly askAgain: AskAgain,
    signal: AbortSignal,
    private readonly patience: Patience,
    private readonly clock: Clock,
  ) {
    this.signal = AbortSignal.any([signal, this.closing.signal]);
    this.object = identityOf(hop.answer);
    this.check = BodyCheck.of(hop.answer.headers);
    this.reader = this.readerOf(hop);
  }

  /** Bytes of the whole, where they are known. */
  get total(): number | undefined {
    return this.object.total;
  }

  /**
   * The next bytes; undefined when all have come and match the hash their storage named. Rejects with `cutShort`
   * where the rest cannot be had, `hashMismatch`, or whatever asking again ended with.
   */
  async read(): Promise<Buffer | undefined> {
    for (;;) {
      try {
        return await this.readOnce();
      } catch (error) {
        const broken = networkError(error, { host: this.hop.url.host, started: true });
        this.reader.close();
        if (!hasCode(broken, 'cutShort') && !hasCode(broken, 'timeout')) throw broken;
        await this.resume(broken);
      }
    }
  }

  /** Ends the connection in use, and any that is being made. */
  close(): void {
    this.closing.abort();
    this.reader.close();
  }

  private async readOnce(): Promise<Buffer | undefined> {
    const left = (this.total ?? Infinity) - this.received;
    // What a server sends beyond the length it announced is not part of the object.
    const chunk = left === 0 ? undefined : (await this.reader.next())?.subarray(0, left);
    if (chunk === undefined) return this.end();
    this.received += chunk.length;
    this.check?.update(chunk);
    return chunk;
  }

  private async end(): Promise<undefined> {
    if (this.received < (this.total ?? 0)) throw this.startOver('sent less than it announced');
    // A body that was read to its end leaves its connection to the next request.
    await this.reader.next().catch(() => undefined);
    this.reader.close();
    if (this.check?.matches() === false) throw this.damaged();
  }

  /** Comes back with a reader of the rest. */
  private async resume(broken: VtFeedsError): Promise<void> {
    const enough = Math.max(PROGRESS_BYTES, (this.total ?? 0) * PROGRESS_SHARE);
    if (this.received - this.receivedAtBreak >= enough) this.breaks = 0;
    this.receivedAtBreak = this.received;
    if (++this.breaks > this.patience.breaks) throw this.keepsBreaking(broken);
    if (this.received > 0 && !canContinue(this.object)) {
      throw this.startOver('broke off, and its rest cannot be told from that of another', broken);
    }
    await this.clock.wait(fullJitter(this.breaks, this.patience.resume, this.clock), this.signal);
    if (this.received === 0) await this.begin();
    else await this.goOn();
    this.reader = this.readerOf(this.hop);
  }

  /** Nothing was given yet: any whole object will do, as long as it has the length that was told. */
  private async begin(): Promise<void> {
    const told = this.total;
    this.hop = await this.askAgain(this.signal, undefined);
    this.object = identityOf(this.hop.answer);
    this.check = BodyCheck.of(this.hop.answer.headers);
    if (this.total !== told) throw this.changed();
  }

  private async goOn(): Promise<void> {
    this.hop = await this.askAgain(this.signal, restHeaders(this.object, this.received));
    const total = totalOfRest(this.hop.answer, this.object, this.received);
    if (total === undefined) throw this.changed();
    this.object = { ...this.object, total };
  }

  private readerOf({ answer, url }: Hop): PacedReader {
    return new PacedReader(answer.body, url.host, this.patience.pace, this.clock);
  }

  private changed(): VtFeedsError {
    this.hop.answer.body.destroy();
    return this.startOver('broke off, and is another one now');
  }

  private startOver(what: string, cause?: Error): VtFeedsError {
    return new VtFeedsError(
      'cutShort',
      `The download from ${this.hop.url.host} ${what}. It has to begin again: try again.`,
      {},
      { cause },
    );
  }

  private keepsBreaking(cause: Error): VtFeedsError {
    return new VtFeedsError(
      'offline',
      `The connection to ${this.hop.url.host} breaks again and again. Check the network and try again.`,
      {},
      { cause },
    );
  }

  private damaged(): VtFeedsError {
    return new VtFeedsError(
      'hashMismatch',
      `What came from ${this.hop.url.host} does not match the hash it named. Try again.`,
    );
  }
}
