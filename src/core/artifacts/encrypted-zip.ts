import { Readable, Writable } from 'node:stream';
import type { WriteStream } from 'node:fs';
import { ZipWriter, configure } from '@zip.js/zip.js';

/** What everyone in the field uses: it keeps scanners and fingers off, it is no secret. */
const PASSWORD = 'infected';

/**
 * Packs `plain` as the only entry, `name`, of an encrypted zip and writes it to `file`. ZipCrypto, not AES: every
 * tool of the field opens it.
 */
export async function writeEncryptedZip(
  plain: Readable,
  name: string,
  file: WriteStream,
  signal: AbortSignal,
): Promise<void> {
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(Writable.toWeb(file), { password: PASSWORD, zipCrypto: true, level: 5, signal });
  await zip.add(name, Readable.toWeb(plain) as ReadableStream<Uint8Array>);
  await zip.close();
}
