import { crc32 } from 'node:zlib';
import { numberAt, parseJson } from '../feed/json.ts';

/** What the start of an index says of the rest. Sizes in bytes. */
export interface IndexHeader {
  /** Records of the batch. */
  readonly count: number;
  /** Of the batch file it was made for, see `sealOf`. */
  readonly seal: number;
  /** Frames of the batch file, and of the facts. */
  readonly frames: number;
  readonly factFrames: number;
  /** Checksums of the tables and of the facts. */
  readonly tablesCrc: number;
  readonly factsCrc: number;
  readonly factsSize: number;
}

const INDEX_VERSION = 2;
/** The header is one line of JSON, filled up with blanks, and ends with its own checksum: 8 hexadecimal digits. */
export const INDEX_HEADER_BYTES = 256;
const CRC_DIGITS = 8;
const TEXT_BYTES = INDEX_HEADER_BYTES - CRC_DIGITS;

/** Bytes at an index's start that {@link parseIndexHead} needs. */
export const INDEX_HEAD_BYTES = 64;

export function encodeHeader({ count, ...rest }: IndexHeader): Buffer {
  const text = JSON.stringify({ version: INDEX_VERSION, count, ...rest }).padEnd(TEXT_BYTES);
  return Buffer.from(text + checksum(text));
}

/** Reads a header; undefined where it is damaged or of another version. */
export function decodeHeader(bytes: Buffer): IndexHeader | undefined {
  const text = bytes.toString('latin1', 0, TEXT_BYTES);
  if (bytes.toString('latin1', TEXT_BYTES, INDEX_HEADER_BYTES) !== checksum(text)) return undefined;
  const header = parseJson(text);
  return numberAt(header, 'version') === INDEX_VERSION ? (header as unknown as IndexHeader) : undefined;
}

/**
 * How many records an index is for, from its first bytes; undefined where they do not tell. All versions begin with
 * version and count, also those to come.
 */
export function parseIndexHead(head: string): number | undefined {
  return startOf(head)?.count;
}

/** Whether an index is a newer VS Code's, and to be left as it is; from its first bytes. */
export function isNewerIndex(head: string): boolean {
  return (startOf(head)?.version ?? 0) > INDEX_VERSION;
}

function startOf(head: string): { readonly version: number; readonly count: number } | undefined {
  const [, version, count] = /^\{"version":(\d+),"count":(\d+)[,}]/u.exec(head) ?? [];
  return count === undefined ? undefined : { version: Number(version), count: Number(count) };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(CRC_DIGITS, '0');
}
