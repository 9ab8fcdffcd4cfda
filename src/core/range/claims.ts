import { numberAt, parseJson, textAt } from '../feed/json.ts';
import type { Clock } from './clock.ts';
import type { TaskFiles } from './task-files.ts';

/** A window says so often that it is still there. */
export const BEAT_MS = 5_000;
/** A window that has not said so for this long is gone: closed, dead or asleep. */
const STALE_MS = 4 * BEAT_MS;
/** Of two windows that claim at the same time the later one has it; after this both see which. */
const SETTLE_MS = 500;

/**
 * Which window runs a range or a follow. A claim is a file that names the window and is renewed as long as it lives;
 * it needs no lock, for two windows that run the same for a moment bring the same batches.
 */
export class Claims {
  private readonly mine = new Set<string>();

  constructor(
    private readonly files: TaskFiles,
    private readonly clock: Clock,
    /** Another one in each window. */
    private readonly window: string,
  ) {}

  /** Claims what no living window has. */
  async take(id: string): Promise<boolean> {
    if ((await this.holder(id)) !== undefined) return this.isMine(id);
    await this.seize(id);
    await new Promise<void>((resolve) => {
      this.clock.after(SETTLE_MS, resolve);
    });
    return this.isMine(id);
  }

  /** Claims it whoever has it: a person wants it here. */
  async seize(id: string): Promise<void> {
    this.mine.add(id);
    await this.files.saveClaim(id, JSON.stringify({ window: this.window, at: this.clock.now() }));
  }

  /** Says that this window is still there; false when another one has it now. */
  async renew(id: string): Promise<boolean> {
    if (!(await this.isMine(id))) return false;
    await this.seize(id);
    return true;
  }

  /** Whether this window has it, however long ago it said so. */
  async isMine(id: string): Promise<boolean> {
    const isMine = this.mine.has(id) && (await this.read(id))?.window === this.window;
    if (!isMine) this.mine.delete(id);
    return isMine;
  }

  /** Whether nobody else has it: what this window claimed it still has, and what it has not claimed nobody has. */
  async isFree(id: string): Promise<boolean> {
    return this.mine.has(id) ? this.isMine(id) : (await this.holder(id)) === undefined;
  }

  /** The living window that has it. */
  private async holder(id: string): Promise<string | undefined> {
    const claim = await this.read(id);
    const age = this.clock.now() - (claim?.at ?? 0);
    // One from the future was made before the clock was set back.
    return Math.abs(age) < STALE_MS ? claim?.window : undefined;
  }

  async release(id: string): Promise<void> {
    if (await this.isMine(id)) await this.files.removeClaim(id);
    this.mine.delete(id);
  }

  /** Lets go of everything while the window closes, so that the next one need not wait. */
  releaseAllNow(): void {
    for (const id of this.mine) this.files.removeClaimNow(id);
    this.mine.clear();
  }

  private async read(
    id: string,
  ): Promise<{ readonly window: string | undefined; readonly at: number } | undefined> {
    const text = await this.files.loadClaim(id);
    if (text === undefined) return undefined;
    const claim = parseJson(text);
    return { window: textAt(claim, 'window'), at: numberAt(claim, 'at') ?? 0 };
  }
}
