import { rmSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isNotFound } from '../common/disk-error.ts';
import { writeFileAtomically } from '../store/atomic-file.ts';
import { sweepTemporaries } from '../store/sweep.ts';
import type { TaskFiles } from './task-files.ts';

const TASK = '.task.json';
const CLAIM = '.claim.json';
const ID = /^[a-z_0-9-]{1,80}$/u;

/** A folder with two files for each. */
export class TaskFolder implements TaskFiles {
  constructor(private readonly root: string) {}

  async tidy(): Promise<void> {
    await sweepTemporaries(this.root);
  }

  async ids(): Promise<string[]> {
    const names = await readdir(this.root).catch(orNothing<string[]>([]));
    return names
      .filter((name) => name.endsWith(TASK))
      .map((name) => name.slice(0, -TASK.length))
      .filter((id) => ID.test(id));
  }

  loadTask(id: string): Promise<string | undefined> {
    return this.load(id + TASK);
  }

  saveTask(id: string, text: string): Promise<void> {
    return this.save(id + TASK, text);
  }

  async removeTask(id: string): Promise<void> {
    for (const ending of [TASK, CLAIM]) await rm(join(this.root, id + ending), { force: true });
  }

  loadClaim(id: string): Promise<string | undefined> {
    return this.load(id + CLAIM);
  }

  saveClaim(id: string, text: string): Promise<void> {
    return this.save(id + CLAIM, text);
  }

  async removeClaim(id: string): Promise<void> {
    await rm(join(this.root, id + CLAIM), { force: true });
  }

  removeClaimNow(id: string): void {
    rmSync(join(this.root, id + CLAIM), { force: true });
  }

  private async save(name: string, text: string): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    await writeFileAtomically(join(this.root, name), text);
  }

  private load(name: string): Promise<string | undefined> {
    return readFile(join(this.root, name), 'utf8').catch(orNothing<undefined>(undefined));
  }
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (isNotFound(error)) return nothing;
    throw error;
  };
}
