import { createHash } from 'node:crypto';
import { Crc32c } from '../../core/common/crc32c.ts';

/** One object of the storage, as it can be asked for. */
export interface StoredObject {
  readonly contentType: string;
  /** A strong validator, without its quotes: the same name always means the same bytes. */
  readonly etag: string;
  /** Bytes, or undefined where they are known only when the last one is made. */
  readonly length: number | undefined;
  /** `x-goog-hash`, for objects that are made whole. */
  readonly hashes?: string;
  /** The object's bytes. */
  bytes(): Iterable<Buffer> | AsyncIterable<Buffer>;
}

export function objectOf(content: Buffer, contentType: string): StoredObject {
  const md5 = createHash('md5').update(content).digest();
  const crc = new Crc32c().update(content).digest();
  return {
    contentType,
    etag: md5.toString('hex'),
    length: content.length,
    hashes: `crc32c=${crc.toString('base64')}, md5=${md5.toString('base64')}`,
    bytes: () => [content],
  };
}
