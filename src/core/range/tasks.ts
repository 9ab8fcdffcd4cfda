import { Emitter } from '../common/emitter.ts';
import { toVtFeedsError } from '../common/errors.ts';
import type { VtFeedsError } from '../common/errors.ts';
import { BEAT_MS } from './claims.ts';
import type { Claims } from './claims.ts';
import type { Clock } from './clock.ts';
import type { TaskFiles } from './task-files.ts';
import { formatTask, parseTask } from './task-record.ts';
import type { TaskRecord } from './task-record.ts';
import type { TaskChange } from './task-change.ts';
import type { TaskRun } from './task-run.ts';

/** A range or a follow as this window shows it. */
export interface ShownTask {
  readonly run: TaskRun;
  /** Whether another window runs it; what is known of it here is a few seconds old. */
  readonly elsewhere: boolean;
}

export interface TaskParts {
  readonly files: TaskFiles;
  readonly claims: Claims;
  readonly clock: Clock;
  /** Makes what was written down run again. */
  readonly revive: (record: TaskRecord) => TaskRun;
  /** Nobody waits for what is written down: a failure is told here. */
  readonly onError: (error: VtFeedsError) => void;
}

interface Entry {
  run: TaskRun;
  /** Whether this window acts on it; others look. */
  mine: boolean;
  /** The text on disk, as far as is known here. */
  written: string;
  stopListening: () => void;
  saving: (() => void) | undefined;
}

/** Progress is written down so often; what is lost between is found again in the store. */
const SAVE_MS = 2_000;

/**
 * The ranges and follows of one source: kept on disk, each run by one window, taken over by the next one when that
 * window is gone. What touches the disk happens one after the other.
 */
export class Tasks {
  private readonly entries = new Map<string, Entry>();
  private readonly changes = new Emitter<undefined>();
  private readonly stops = new Emitter<TaskRun>();
  private last: Promise<unknown> = Promise.resolve();
  private isOpen = false;
  private stopBeat: (() => void) | undefined;

  readonly onDidChange = this.changes.event;
  /** One of this window's stands still now: it ended, was paused or has a problem. */
  readonly onDidStop = this.stops.event;

  constructor(private readonly parts: TaskParts) {}

  get shown(): readonly ShownTask[] {
    return [...this.entries.values()].map(({ run, mine }) => ({ run, elsewhere: !mine && run.isUnderWay }));
  }

  /** Goes on with what was running before, unless another window does. */
  open(): Promise<void> {
    this.isOpen = true;
    return this.inTurn(async () => {
      await this.parts.files.tidy();
      await this.beat();
    });
  }

  /** Stops everything where it is; the next window goes on with it. Waits for nothing. */
  close(): void {
    this.isOpen = false;
    this.stopBeat?.();
    for (const entry of [...this.entries.values()]) this.drop(entry);
    this.parts.claims.releaseAllNow();
  }

  /** Begins something new in this window. */
  begin(record: TaskRecord): Promise<TaskRun> {
    return this.inTurn(async () => {
      await this.parts.claims.seize(record.id);
      const entry = this.adopt(record, '', true);
      await this.save(entry);
      entry.run.start();
      return entry.run;
    });
  }

  /** Takes something into this window, whichever runs it, so that a person can act on it here. */
  hold(id: string): Promise<TaskRun | undefined> {
    return this.inTurn(async () => {
      const wasHere = await this.parts.claims.isMine(id);
      await this.parts.claims.seize(id);
      const known = this.entries.get(id);
      const text = await this.parts.files.loadTask(id);
      if (known?.mine === true && (wasHere || known.written === text)) return known.run;
      const record = text === undefined ? undefined : parseTask(id, text);
      if (text !== undefined && record !== undefined) return this.adopt(record, text, true).run;
      await this.parts.claims.release(id);
      return undefined;
    });
  }

  /** Ends something for good, in every window. */
  async remove(id: string): Promise<void> {
    await this.inTurn(async () => {
      const entry = this.entries.get(id);
      if (entry !== undefined) this.drop(entry);
      await this.parts.files.removeTask(id);
      this.changes.emit(undefined);
    });
  }

  /** Resolves when everything that was to be written down so far is. */
  async written(): Promise<void> {
    await this.inTurn(() => Promise.resolve());
  }

  private async beat(): Promise<void> {
    this.stopBeat?.();
    if (!this.isOpen) return;
    try {
      await this.look();
    } catch (error) {
      this.parts.onError(toVtFeedsError(error));
    }
    this.stopBeat = this.parts.clock.after(BEAT_MS, () => void this.inTurn(() => this.beat()));
  }

  /** Renews what this window runs, learns what others did, and takes over what nobody runs any more. */
  private async look(): Promise<void> {
    const { files, claims } = this.parts;
    const ids = await files.ids();
    for (const entry of [...this.entries.values()]) {
      const { run, mine } = entry;
      if (!ids.includes(run.id)) this.drop(entry);
      else if (mine && run.isUnderWay && !(await claims.renew(run.id))) this.lose(entry);
    }
    for (const id of ids) await this.read(id);
    const orphans = this.shown.filter(({ elsewhere }) => elsewhere).map(({ run }) => run.id);
    const taken = await Promise.all(orphans.map((id) => claims.take(id)));
    for (const id of orphans.filter((_, at) => taken[at])) await this.takeOver(id);
    this.changes.emit(undefined);
  }

  /** Takes over what another window has written. */
  private async read(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (entry?.mine === true && entry.run.isUnderWay) return;
    const text = await this.parts.files.loadTask(id);
    const record = text === undefined ? undefined : parseTask(id, text);
    if (this.isOpen && text !== undefined && record !== undefined && text !== entry?.written)
      this.adopt(record, text, false);
  }

  private async takeOver(id: string): Promise<void> {
    const text = await this.parts.files.loadTask(id);
    const record = text === undefined ? undefined : parseTask(id, text);
    if (!this.isOpen || text === undefined || record === undefined) return;
    this.adopt(record, text, true).run.start();
  }

  private adopt(record: TaskRecord, written: string, mine: boolean): Entry {
    const before = this.entries.get(record.id);
    if (before !== undefined) this.drop(before);
    const run = this.parts.revive(record);
    const entry: Entry = { run, mine, written, stopListening: () => undefined, saving: undefined };
    entry.stopListening = run.onDidChange((change) => {
      this.changed(entry, change);
    });
    this.entries.set(record.id, entry);
    this.changes.emit(undefined);
    return entry;
  }

  private changed(entry: Entry, change: TaskChange): void {
    if (change === 'phase') {
      void this.inTurn(() => this.save(entry));
      if (!entry.run.isUnderWay) this.stops.emit(entry.run);
    } else {
      entry.saving ??= this.parts.clock.after(SAVE_MS, () => void this.inTurn(() => this.save(entry)));
    }
    this.changes.emit(undefined);
  }

  /** Writes down how it is, unless another window has it now. What stands still is left to any window. */
  private async save(entry: Entry): Promise<void> {
    const { files, claims, onError } = this.parts;
    const { run } = entry;
    entry.saving?.();
    entry.saving = undefined;
    if (!this.isOpen || !entry.mine || this.entries.get(run.id) !== entry) return;
    try {
      if (!(await claims.isFree(run.id))) {
        this.lose(entry);
        return;
      }
      const text = formatTask(run.record);
      if (text !== entry.written) await files.saveTask(run.id, text);
      entry.written = text;
      if (!run.isUnderWay) await claims.release(run.id);
    } catch (error) {
      onError(toVtFeedsError(error));
    }
  }

  private lose(entry: Entry): void {
    entry.run.halt();
    entry.mine = false;
  }

  private drop(entry: Entry): void {
    entry.stopListening();
    entry.saving?.();
    entry.run.halt();
    this.entries.delete(entry.run.id);
  }

  /** One after the other; what fails holds nobody up. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
