import { once } from 'node:events';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import unbzip2Stream from 'unbzip2-stream';

/** Decodes bzip2, one stream or several, with a decoder that is not the project's. */
export async function decompress(packed: Buffer): Promise<Buffer> {
  const decoder = unbzip2Stream();
  const parts: Buffer[] = [];
  decoder.on('data', (part: Buffer) => parts.push(part));
  const ended = once(decoder, 'end');
  decoder.end(packed);
  await ended;
  return Buffer.concat(parts);
}

/** The members of a tar, by name. */
export async function untar(tar: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const members = new Map<string, Buffer>();
  const entries = Readable.from([tar]).pipe(extract());
  for await (const entry of entries) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    members.set(entry.header.name, Buffer.concat(parts));
  }
  return members;
}
