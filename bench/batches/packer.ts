import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { compressBzip2 } from '../../src/sample/bzip2/compress-bzip2.ts';
import { findTool } from '../measure/find-tool.ts';

/** Packs plain bytes into a bzip2 file. */
export interface Packer {
  readonly name: string;
  /** Whether an hour of 3.6 GB is packed in minutes. */
  readonly fast: boolean;
  pack(plain: AsyncIterable<Buffer>, target: string): Promise<void>;
}

/** Plain bytes of one stream of {@link own}: some blocks of 900 KB, little against what is packed. */
const STREAM_BYTES = 8 * 900_000;

/**
 * A tool of the machine, which writes one stream as VirusTotal's do; else the encoder of the sample feeds. bzip2 comes
 * first, for its blocks are as large as those of VirusTotal's packages; lbzip2 cuts them in half.
 */
export function findPacker(): Packer {
  for (const name of ['bzip2', 'lbzip2']) {
    const path = findTool(name);
    if (path !== undefined)
      return { name, fast: true, pack: (plain, target) => packWith(path, plain, target) };
  }
  return own;
}

async function packWith(path: string, plain: AsyncIterable<Buffer>, target: string): Promise<void> {
  const child = spawn(path, ['-z', '-9', '-c'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  await Promise.all([pipeline(plain, child.stdin), pipeline(child.stdout, createWriteStream(target))]);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${path} ended with ${String(code)}.`);
}

const own: Packer = {
  name: 'the encoder of the sample feeds, several streams',
  fast: false,
  pack: (plain, target) => pipeline(plain, packStreams, createWriteStream(target)),
};

async function* packStreams(plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of plain) {
    for (let at = 0; at < chunk.length; at += STREAM_BYTES)
      yield compressBzip2(chunk.subarray(at, at + STREAM_BYTES));
  }
}
