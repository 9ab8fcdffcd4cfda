import * as zlib from 'node:zlib';

/** How frames of a batch file are packed: Zstandard, or gzip where this Node.js has none (below 22.15). */
export type CodecName = 'zstd' | 'gzip';

export interface FrameCodec {
  readonly name: CodecName;
  /** Ending of a batch file. Its frames one after the other are a standard file of that kind. */
  readonly extension: string;
  pack(plain: Buffer): Buffer;
  unpack(frame: Buffer): Buffer;
}

/** Level 3 is a fifth of a decoding core and a quarter of the plain size (measured). */
const ZSTD_LEVEL = 3;

const zstd: FrameCodec = {
  name: 'zstd',
  extension: '.jsonl.zst',
  pack: (plain) =>
    zlib.zstdCompressSync(plain, {
      params: {
        [zlib.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL,
        [zlib.constants.ZSTD_c_checksumFlag]: 1,
      },
    }),
  unpack: (frame) => zlib.zstdDecompressSync(frame),
};

const gzip: FrameCodec = {
  name: 'gzip',
  extension: '.jsonl.gz',
  pack: (plain) => zlib.gzipSync(plain, { level: 4 }),
  unpack: (frame) => zlib.gunzipSync(frame),
};

/** Every codec a batch in the store may have. */
export const CODECS: readonly FrameCodec[] = [zstd, gzip];

/** The codec new batches are written with. */
export function preferredCodec(): FrameCodec {
  return 'zstdCompressSync' in zlib ? zstd : gzip;
}

export function codecNamed(name: CodecName): FrameCodec {
  return name === 'zstd' ? zstd : gzip;
}
