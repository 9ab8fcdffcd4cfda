import { pack } from 'tar-stream';
import type { Header } from 'tar-stream';
import { compressBzip2 } from '../../src/sample/bzip2/compress-bzip2.ts';
import { readAll } from './streams.ts';

/** One member of a built tar: a name with its content, or a whole header. */
export type TarMember = readonly [
  header: string | (Partial<Header> & Pick<Header, 'name'>),
  content?: string | Buffer,
];

/** A tar of these members, as they are given: odd names, links and doubles too. */
export async function tarOf(...members: readonly TarMember[]): Promise<Buffer> {
  const tar = pack();
  for (const [header, content = ''] of members)
    tar.entry(typeof header === 'string' ? { name: header } : header, Buffer.from(content));
  tar.finalize();
  return readAll(tar);
}

/** An hourly package: a bzip2 of the tar. */
export async function packageOf(...members: readonly TarMember[]): Promise<Buffer> {
  return compressBzip2(await tarOf(...members), 1);
}

/** The plain text of a batch: these records as JSON lines. */
export function jsonLines(...records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
