// What scripts around VirusTotal's own client do: the whole body in memory, unpacked whole, every line parsed.
import { spawnSync } from 'node:child_process';
import unbzip2Stream from 'unbzip2-stream';
import { childInput, ownPeakMemory, report } from './child.ts';
import type { DownloadReport } from './download.ts';

export interface InMemoryInput {
  readonly origin: string;
  readonly key: string;
  readonly slot: string;
  /** Path of the machine's bzip2, as fast as Python's; unbzip2-stream where there is none. */
  readonly bzip2: string | undefined;
}

const { origin, key, slot, bzip2 } = childInput() as InMemoryInput;
const startedAt = performance.now();
const elapsed = (): number => (performance.now() - startedAt) / 1000;
const answer = await fetch(`${origin}/api/v3/feeds/files/${slot}`, { headers: { 'x-apikey': key } });
const packed = Buffer.from(await answer.arrayBuffer());
const plain = bzip2 === undefined ? await unpackWhole() : unpackWith(bzip2);
let secondsToFirst: number | undefined;
let records = 0;
for (const line of plain.toString('utf8').split('\n')) {
  if (line === '') continue;
  JSON.parse(line);
  secondsToFirst ??= elapsed();
  records++;
}
report({ seconds: elapsed(), secondsToFirst, records, peakMemory: ownPeakMemory() } satisfies DownloadReport);

function unpackWith(tool: string): Buffer {
  const { stdout, status } = spawnSync(tool, ['-d', '-c'], { input: packed, maxBuffer: Infinity });
  if (status !== 0) throw new Error(`${tool} ended with ${String(status)}.`);
  return stdout;
}

function unpackWhole(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    unbzip2Stream()
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        resolve(Buffer.concat(chunks));
      })
      .on('error', reject)
      .end(packed);
  });
}
