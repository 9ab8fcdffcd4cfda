import { crc32 } from 'node:zlib';
import { commandLine } from '../behaviours/processes.ts';
import { randomAt, secondsOf } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { VALUE_TYPES, writeEventTemplate, writeFragmentHeader } from './event-template.ts';
import type { ValueType } from './event-template.ts';

const RECORDS = 12;
const HEADER_BYTES = 128;
const FILE_HEADER_BYTES = 4096;
const TEMPLATE_ID = 0x53414d50;
const TEMPLATE_TABLE_AT = 384;
/** Seconds from 1601, where Windows counts from, to 1970. */
const FILETIME_EPOCH_SECONDS = 11_644_473_600n;

/** A Windows event log of the run: one chunk of records from one template. */
export function eventLog(place: RecordPlace): Buffer {
  const random = randomAt(place, 'evtx');
  const out = new ChunkWriter();
  let template: number | undefined;
  let last = out.at;
  for (let id = 1; id <= RECORDS; id++) {
    const time = (BigInt(secondsOf(place.minute) + id) + FILETIME_EPOCH_SECONDS) * 10_000_000n;
    last = out.at;
    template = writeRecord(out, template, BigInt(id), time, commandLine(random));
  }
  writeChunkHeader(out, last);
  return Buffer.concat([fileHeader(), out.chunk]);
}

/** Returns where the template stands, which the first record brings along. */
function writeRecord(
  out: ChunkWriter,
  template: number | undefined,
  id: bigint,
  time: bigint,
  command: string,
): number {
  const start = out.at;
  out.raw(Buffer.from('**\0\0'));
  out.u32(0);
  out.u64(id);
  out.u64(time);
  writeFragmentHeader(out);
  const at = writeTemplateInstance(out, template);
  writeValues(out, [
    ['u16', number(2, 1n)],
    ['u8', number(1, 4n)],
    ['fileTime', number(8, time)],
    ['u64', number(8, id)],
    ['text', Buffer.from(command, 'utf16le')],
  ]);
  out.u8(0);
  while ((out.at - start + 4) % 8 !== 0) out.u8(0);
  const size = out.at - start + 4;
  out.u32(size);
  out.chunk.writeUInt32LE(size, start + 4);
  return at;
}

function writeTemplateInstance(out: ChunkWriter, known: number | undefined): number {
  out.u8(0x0c);
  out.u8(1);
  out.u32(TEMPLATE_ID);
  const at = known ?? out.at + 4;
  out.u32(at);
  if (known !== undefined) return at;
  out.chunk.writeUInt32LE(at, TEMPLATE_TABLE_AT + (TEMPLATE_ID % 32) * 4);
  out.u32(0);
  const guid = Buffer.alloc(16);
  guid.writeUInt32LE(TEMPLATE_ID);
  out.raw(guid);
  out.sized(() => {
    writeEventTemplate(out);
  });
  return at;
}

function writeValues(out: ChunkWriter, values: readonly (readonly [ValueType, Buffer])[]): void {
  out.u32(values.length);
  for (const [type, { length }] of values) {
    out.u16(length);
    out.u8(VALUE_TYPES[type]);
    out.u8(0);
  }
  for (const [, value] of values) out.raw(value);
}

function number(bytes: 1 | 2 | 8, value: bigint): Buffer {
  const whole = Buffer.alloc(8);
  whole.writeBigUInt64LE(value);
  return whole.subarray(0, bytes);
}

function writeChunkHeader({ chunk, at }: ChunkWriter, last: number): void {
  chunk.write('ElfChnk\0');
  // prettier-ignore
  for (const [offset, value] of [[8, 1], [16, RECORDS], [24, 1], [32, RECORDS]] as const) {
    chunk.writeBigUInt64LE(BigInt(value), offset);
  }
  chunk.writeUInt32LE(HEADER_BYTES, 40);
  chunk.writeUInt32LE(last, 44);
  chunk.writeUInt32LE(at, 48);
  chunk.writeUInt32LE(crc32(chunk.subarray(512, at)), 52);
  chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124);
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.write('ElfFile\0');
  header.writeBigUInt64LE(BigInt(RECORDS + 1), 24);
  header.writeUInt32LE(HEADER_BYTES, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(FILE_HEADER_BYTES, 40);
  header.writeUInt16LE(1, 42);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return header;
}
