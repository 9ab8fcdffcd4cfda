import { DecoderThreads } from './decoder-threads.ts';

/** Keeps the decoder threads of one job for the next one; they end with the thread that has both at the latest. */
export class CrewKeeper {
  private kept: DecoderThreads | undefined;

  /** `folder`: where the decoder's files lie. */
  constructor(private readonly folder: string) {}

  /** Lends out threads that are idle, or new ones. Fails where none can be had. */
  async lend(): Promise<DecoderThreads> {
    const { kept } = this;
    this.kept = undefined;
    if (kept?.isFine === true) return kept;
    await kept?.end();
    return DecoderThreads.start(this.folder);
  }

  /** Takes back threads that have done all they were asked. */
  async takeBack(crew: DecoderThreads): Promise<void> {
    const { kept } = this;
    this.kept = crew;
    await kept?.end();
  }

  /** Ends what is kept. */
  async end(): Promise<void> {
    await this.kept?.end();
    this.kept = undefined;
  }
}
