import { createHash } from 'node:crypto';
import type { Minute } from '../../core/feed/slot.ts';
import { eicarFile } from '../artifacts/eicar.ts';
import { randomAt } from '../records/record-place.ts';

/** The record of each minute that is the EICAR test file: early, so that a person meets it at once. */
const EICAR_INDEX = 1;

export function isEicar(index: number): boolean {
  return index === EICAR_INDEX;
}

/** The bytes of the `index`th file of a minute: EICAR once, else a harmless text that says what it is. */
export function fileContent(seed: number, minute: Minute, index: number): Buffer {
  if (isEicar(index)) return eicarFile();
  const random = randomAt({ seed, feed: 'files', minute, index }, 'content');
  const lines = Array.from({ length: random.int(1, 60) }, () => random.hex(64));
  return Buffer.from(`synthetic sample ${String(seed)}/${minute}/${String(index)}\n${lines.join('\n')}\n`);
}

export interface FileHashes {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** The true hashes of {@link fileContent}. */
export function fileHashes(seed: number, minute: Minute, index: number): FileHashes {
  const content = fileContent(seed, minute, index);
  const digest = (algorithm: string): string => createHash(algorithm).update(content).digest('hex');
  return { md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256'), size: content.length };
}
