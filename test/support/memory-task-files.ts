import type { TaskFiles } from '../../src/core/range/task-files.ts';

/** What ranges and follows are written down with, in memory; several windows may share one. */
export class MemoryTaskFiles implements TaskFiles {
  readonly tasks = new Map<string, string>();
  readonly claims = new Map<string, string>();
  /** Whether nothing can be read or written. */
  isBroken = false;

  tidy(): Promise<void> {
    return this.done(undefined);
  }

  ids(): Promise<string[]> {
    return this.done([...this.tasks.keys()]);
  }

  loadTask(id: string): Promise<string | undefined> {
    return this.done(this.tasks.get(id));
  }

  saveTask(id: string, text: string): Promise<void> {
    if (!this.isBroken) this.tasks.set(id, text);
    return this.done(undefined);
  }

  removeTask(id: string): Promise<void> {
    this.tasks.delete(id);
    this.claims.delete(id);
    return this.done(undefined);
  }

  loadClaim(id: string): Promise<string | undefined> {
    return this.done(this.claims.get(id));
  }

  saveClaim(id: string, text: string): Promise<void> {
    if (!this.isBroken) this.claims.set(id, text);
    return this.done(undefined);
  }

  removeClaim(id: string): Promise<void> {
    this.claims.delete(id);
    return this.done(undefined);
  }

  removeClaimNow(id: string): void {
    this.claims.delete(id);
  }

  private done<T>(value: T): Promise<T> {
    return this.isBroken ? Promise.reject(new Error('The disk is broken.')) : Promise.resolve(value);
  }
}
