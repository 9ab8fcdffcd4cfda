import { randomBytes } from 'node:crypto';
import type { Catalog } from '../../core/catalog/catalog.ts';
import { Emitter } from '../../core/common/emitter.ts';
import { VtFeedsError, cancelled } from '../../core/common/errors.ts';
import { batchKey } from '../../core/feed/batch-id.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { Claims } from '../../core/range/claims.ts';
import { USUAL_BYTES_PER_MINUTE, squeezeOf } from '../../core/range/estimate.ts';
import type { Squeeze } from '../../core/range/estimate.ts';
import { followId, newFollow } from '../../core/range/follow-record.ts';
import type { FollowRun } from '../../core/range/follow-run.ts';
import { errorOf, problemOf } from '../../core/range/problem.ts';
import { newRange, rangeId } from '../../core/range/range-record.ts';
import type { RangeRecord } from '../../core/range/range-record.ts';
import { hoursBetween } from '../../core/range/range-request.ts';
import type { RangeRequest } from '../../core/range/range-request.ts';
import type { RangeRun } from '../../core/range/range-run.ts';
import { Tally } from '../../core/range/tally.ts';
import { TaskFolder } from '../../core/range/task-folder.ts';
import type { TaskRecord } from '../../core/range/task-record.ts';
import type { TaskRun } from '../../core/range/task-run.ts';
import { Tasks } from '../../core/range/tasks.ts';
import type { ShownTask } from '../../core/range/tasks.ts';
import type { FeedSource } from '../platform/feed-source.ts';
import { RunFactory } from './run-factory.ts';
import type { RunFactoryParts } from './run-factory.ts';

export interface RangeServiceParts extends RunFactoryParts {
  readonly catalog: Catalog;
  readonly source: Pick<FeedSource, 'current' | 'taskRoot'>;
  /** Most the store may hold, bytes. */
  readonly maxStoreBytes: () => number;
  readonly onError: (error: VtFeedsError) => void;
}

/** A minute of the sample feeds on disk, about: they are made here. */
const SAMPLE_BYTES_PER_MINUTE = 150_000;

/** Ranges that ended are kept, for their reports, until there are more than these. */
const MOST_FINISHED = 5;

/** The ranges and follows of the current source, as this window has them. */
export class RangeService {
  private readonly window = randomBytes(8).toString('hex');
  private readonly changes = new Emitter<undefined>();
  private readonly stops = new Emitter<TaskRun>();
  private factory: RunFactory;
  private tasks: Tasks;
  private switched: Promise<void> = Promise.resolve();

  readonly onDidChange = this.changes.event;
  /** A range or follow of this window stands still now. */
  readonly onDidStop = this.stops.event;

  constructor(private readonly parts: RangeServiceParts) {
    this.factory = new RunFactory(parts);
    this.tasks = this.tasksOfSource();
  }

  get shown(): readonly ShownTask[] {
    return this.tasks.shown;
  }

  range(id: string): RangeRun | undefined {
    return this.ranges().find((range) => range.id === id);
  }

  follow(feed: Feed): FollowRun | undefined {
    const runs = this.shown.map(({ run }) => run);
    return runs.find((run): run is FollowRun => run.kind === 'follow' && run.feed === feed);
  }

  /** Hours of ranges that are not at their end, as batch keys: what they brought must not make room for the rest. */
  heldHours(): string[] {
    return this.unfinished().flatMap(({ request }) =>
      hoursBetween(request).map((slot) => batchKey({ feed: request.feed, slot })),
    );
  }

  /** Goes on with what ran when VS Code was closed. */
  open(): Promise<void> {
    return this.tasks.open();
  }

  /** Another source was chosen: ranges of the one before are paused, and those of the new one are shown. */
  changeSource(): Promise<void> {
    this.switched = this.switched.then(() => this.switchTasks());
    return this.switched;
  }

  dispose(): void {
    this.tasks.close();
  }

  /** How many minutes of a range are neither in the store nor known to be missing. */
  async minutesToTake(request: RangeRequest): Promise<number> {
    await this.factory.store.ready();
    const tally = new Tally(newRange(request));
    tally.reconcile(this.factory.store);
    return tally.count('pending');
  }

  /** Whether so many more minutes of a feed fit into the store beside the rest; undefined when they do. */
  squeezeOf(feed: Feed, minutes: number): Squeeze | undefined {
    const { catalog, maxStoreBytes, source } = this.parts;
    const { count, bytes } = catalog.sumOf(feed);
    const usual = source.current === 'sample' ? SAMPLE_BYTES_PER_MINUTE : USUAL_BYTES_PER_MINUTE;
    const each = count === 0 ? usual : bytes / count;
    return squeezeOf(minutes * each, catalog.totals().bytes, maxStoreBytes());
  }

  /** Begins a range; one for the same minutes that is not at its end goes on instead. */
  async begin(request: RangeRequest): Promise<RangeRun> {
    const id = rangeId(request);
    const known = this.unfinished().some((range) => range.id === id) ? await this.tasks.hold(id) : undefined;
    if (known?.kind === 'range') {
      known.resume();
      return known;
    }
    await this.forgetOldest();
    return this.tasks.begin(newRange(request)) as Promise<RangeRun>;
  }

  /** A range at its end. Fails with the problem at which it stands still, or with `cancelled` when it is gone. */
  ended(id: string): Promise<RangeRecord> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const outcome = this.outcomeOf(id);
        if (outcome === undefined) return;
        stop();
        if (outcome instanceof VtFeedsError) reject(outcome);
        else resolve(outcome);
      };
      const stop = this.onDidChange(look);
      look();
    });
  }

  async pause(id: string): Promise<void> {
    (await this.held(id))?.pause();
  }

  async resume(id: string): Promise<void> {
    (await this.held(id))?.resume();
  }

  /** It is enough: what has not come is left, and the range is at its end. */
  async finish(id: string): Promise<void> {
    (await this.held(id))?.finish();
  }

  /** Ends a range and forgets it; what it brought stays. */
  async cancel(id: string): Promise<void> {
    (await this.held(id))?.finish(problemOf(cancelled()));
    await this.tasks.remove(id);
  }

  /** Takes each new minute of a feed from now on, or goes on doing so. */
  async beginFollow(feed: Feed): Promise<void> {
    const known = this.follow(feed) === undefined ? undefined : await this.tasks.hold(followId(feed));
    if (known?.kind === 'follow') known.resume();
    else await this.tasks.begin(newFollow(feed, this.parts.clock.now()));
  }

  /** False when the feed was not followed. */
  async endFollow(feed: Feed): Promise<boolean> {
    const isFollowed = this.follow(feed) !== undefined;
    if (isFollowed) await this.tasks.remove(followId(feed));
    return isFollowed;
  }

  private ranges(): RangeRun[] {
    return this.shown.flatMap(({ run }) => (run.kind === 'range' ? [run] : []));
  }

  private unfinished(): RangeRun[] {
    return this.ranges().filter(({ phase }) => phase.phase !== 'finished');
  }

  /** Undefined while it goes on, or may do so at a word of the person's. */
  private outcomeOf(id: string): RangeRecord | VtFeedsError | undefined {
    const range = this.range(id);
    if (range === undefined) return cancelled();
    if (range.isUnderWay) return undefined;
    if (range.problem !== undefined) return errorOf(range.problem);
    return range.phase.phase === 'finished' ? range.record : undefined;
  }

  /** A range in the hands of this window. */
  private async held(id: string): Promise<RangeRun | undefined> {
    const run = await this.tasks.hold(id);
    return run?.kind === 'range' ? run : undefined;
  }

  /** Bytes that ranges may still bring before they would drive out their own minutes. */
  private room(): number {
    return this.unfinished().reduce((room, { bytes }) => room - bytes, this.parts.maxStoreBytes());
  }

  private async forgetOldest(): Promise<void> {
    const finished = this.ranges().filter(({ phase }) => phase.phase === 'finished');
    for (const { id } of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED + 1)))
      await this.tasks.remove(id);
  }

  private async switchTasks(): Promise<void> {
    const before = this.tasks;
    for (const { run, elsewhere } of before.shown) if (run.kind === 'range' && !elsewhere) run.pause();
    this.factory = new RunFactory(this.parts);
    this.tasks = this.tasksOfSource();
    this.changes.emit(undefined);
    await before.written();
    before.close();
    await this.tasks.open();
  }

  private tasksOfSource(): Tasks {
    const { clock, onError, source } = this.parts;
    const files = new TaskFolder(source.taskRoot());
    const claims = new Claims(files, clock, this.window);
    const { factory } = this;
    const revive = (record: TaskRecord): TaskRun => factory.make(record, () => this.room());
    const tasks = new Tasks({ files, claims, clock, revive, onError });
    tasks.onDidChange(() => {
      if (tasks === this.tasks) this.changes.emit(undefined);
    });
    tasks.onDidStop((run) => {
      if (tasks === this.tasks) this.stops.emit(run);
    });
    return tasks;
  }
}
