import { createHash } from 'node:crypto';
import { Crc32c } from '../../common/crc32c.ts';

/** As much of a hash as is needed; those of `node:crypto` fit. */
interface Digest {
  update(chunk: Uint8Array): unknown;
  digest(): Buffer;
}

/** The strongest first: a storage may name several. */
const ALGORITHMS: readonly (readonly [name: string, bytes: number, make: () => Digest])[] = [
  ['md5', 16, () => createHash('md5')],
  ['crc32c', 4, () => new Crc32c()],
];

/** Holds a body against the hash its storage named. */
export class BodyCheck {
  private constructor(
    private readonly expected: Buffer,
    private readonly digest: Digest,
  ) {}

  /** By `x-goog-hash` (`crc32c=…, md5=…`, base64); undefined where there is none to go by. */
  static of(headers: ReadonlyMap<string, string>): BodyCheck | undefined {
    // Where the storage unpacks what it holds, the hash is that of the packed bytes.
    if ((headers.get('x-goog-stored-content-encoding') ?? 'identity') !== 'identity') return undefined;
    const named = (headers.get('x-goog-hash') ?? '').split(',').map((hash) => hash.trim());
    for (const [name, bytes, make] of ALGORITHMS) {
      const value = named.find((hash) => hash.startsWith(`${name}=`))?.slice(name.length + 1);
      const expected = Buffer.from(value ?? '', 'base64');
      if (expected.length === bytes) return new BodyCheck(expected, make());
    }
    return undefined;
  }

  update(chunk: Uint8Array): void {
    this.digest.update(chunk);
  }

  /** Once, when everything has come. */
  matches(): boolean {
    return this.digest.digest().equals(this.expected);
  }
}
