import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform, pipeline as chain } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VtFeedsError } from '../common/errors.ts';
import { temporaryName } from '../common/temporary-name.ts';
import { diskError } from '../common/disk-error.ts';
import { writeEncryptedZip } from './encrypted-zip.ts';

export interface SavedArtifact {
  readonly path: string;
  /** Of the artifact as it came, not of the zip. */
  readonly bytes: number;
}

/**
 * Streams an artifact into `path`, which is there whole or not at all. With `sampleSha256` the bytes are a sample:
 * they must have that SHA-256 and go into an encrypted zip, so that the plain file never touches the disk.
 */
export async function saveArtifact(
  body: Readable,
  path: string,
  signal: AbortSignal,
  sampleSha256?: string,
  owner = '',
): Promise<SavedArtifact> {
  const temporary = temporaryName(path, owner);
  const meter = new Meter();
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true });
    if (sampleSha256 === undefined) await pipeline(body, meter, file, { signal });
    else
      await writeEncryptedZip(
        chain(body, meter, () => undefined),
        sampleSha256,
        file,
        signal,
      );
    if (meter.bytes === 0)
      throw new VtFeedsError('emptyBody', 'The download was empty. Nothing was saved; try again.');
    if (sampleSha256 !== undefined && meter.sha256() !== sampleSha256) throw wrongHash();
    await rename(temporary, path);
    return { path, bytes: meter.bytes };
  } catch (error) {
    body.destroy();
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error);
  }
}

class Meter extends Transform {
  bytes = 0;
  private readonly hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    this.push(chunk);
    done();
  }

  sha256(): string {
    return this.hash.digest('hex');
  }
}

function wrongHash(): VtFeedsError {
  return new VtFeedsError(
    'hashMismatch',
    'The sample that came is not the one the record names (its SHA-256 differs). It was not kept; try again.',
  );
}
