import type { ChunkWriter } from './chunk-writer.ts';

/** Types of the values that fill a template, by the numbers of the format. */
export const VALUE_TYPES = { text: 0x01, u8: 0x04, u16: 0x06, u64: 0x0a, fileTime: 0x11 } as const;

export type ValueType = keyof typeof VALUE_TYPES;

/** A place of the template that each record fills: which value, and of which type. */
interface Slot {
  readonly value: number;
  readonly type: ValueType;
}

/** An element of the template: text, a value to be filled in, or other elements. */
interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | Slot>>;
  readonly content?: string | Slot | readonly Element[];
}

/** Every record of the log is this event with other values. */
const EVENT: Element = {
  name: 'Event',
  attributes: { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
  content: [
    {
      name: 'System',
      content: [
        { name: 'Provider', attributes: { Name: 'Sample-Sandbox' } },
        { name: 'EventID', content: { value: 0, type: 'u16' } },
        { name: 'Level', content: { value: 1, type: 'u8' } },
        { name: 'TimeCreated', attributes: { SystemTime: { value: 2, type: 'fileTime' } } },
        { name: 'EventRecordID', content: { value: 3, type: 'u64' } },
        { name: 'Channel', content: 'Sample/Operational' },
        { name: 'Computer', content: 'sandbox.example' },
      ],
    },
    {
      name: 'EventData',
      content: [{ name: 'Data', attributes: { Name: 'CommandLine' }, content: { value: 4, type: 'text' } }],
    },
  ],
};

/** Tokens of binary XML; `MORE` says that attributes follow. */
const TOKEN = {
  endOfStream: 0x00,
  openStart: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  end: 0x04,
  value: 0x05,
  attribute: 0x06,
  substitution: 0x0d,
  fragment: 0x0f,
} as const;
const MORE = 0x40;

/** The mark at the start of a fragment, version 1.1 without flags. */
export function writeFragmentHeader(out: ChunkWriter): void {
  for (const byte of [TOKEN.fragment, 1, 1, 0]) out.u8(byte);
}

/** The template's own fragment. */
export function writeEventTemplate(out: ChunkWriter): void {
  writeFragmentHeader(out);
  writeElement(out, EVENT);
  out.u8(TOKEN.endOfStream);
}

function writeElement(out: ChunkWriter, { name, attributes = {}, content }: Element): void {
  const list = Object.entries(attributes);
  out.u8(TOKEN.openStart | (list.length > 0 ? MORE : 0));
  out.u16(0xffff);
  out.sized(() => {
    out.name(name);
    if (list.length > 0)
      out.sized(() => {
        list.forEach((entry, at) => {
          writeAttribute(out, entry, at < list.length - 1);
        });
      });
    if (content === undefined) {
      out.u8(TOKEN.closeEmpty);
      return;
    }
    out.u8(TOKEN.closeStart);
    if (Array.isArray(content)) for (const child of content as readonly Element[]) writeElement(out, child);
    else writeValue(out, content as string | Slot);
    out.u8(TOKEN.end);
  });
}

function writeAttribute(
  out: ChunkWriter,
  [name, value]: readonly [string, string | Slot],
  more: boolean,
): void {
  out.u8(TOKEN.attribute | (more ? MORE : 0));
  out.name(name);
  writeValue(out, value);
}

function writeValue(out: ChunkWriter, value: string | Slot): void {
  if (typeof value === 'string') {
    out.u8(TOKEN.value);
    out.u8(VALUE_TYPES.text);
    out.text(value);
    return;
  }
  out.u8(TOKEN.substitution);
  out.u16(value.value);
  out.u8(VALUE_TYPES[value.type]);
}
