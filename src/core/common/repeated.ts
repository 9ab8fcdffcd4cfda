/** Work that is done anew whenever it is asked for, and never twice at once. */
export class Repeated {
  private last: Promise<unknown> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly work: () => Promise<void>) {}

  /** Settles with a run begun after this call: those who ask while one is under way share the next. */
  run(): Promise<void> {
    if (this.next !== undefined) return this.next;
    const run = this.last.then(() => {
      this.next = undefined;
      return this.work();
    });
    this.next = run;
    this.last = run.catch(() => undefined);
    return run;
  }
}
