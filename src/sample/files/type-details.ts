import { exifDate, plainDate } from '../records/dates.ts';
import type { JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';
import { isPortableExecutable } from './file-kind.ts';
import type { FileKind } from './file-kind.ts';
import { peInfo } from './pe-info.ts';
import { signatureInfo } from './signature-info.ts';

const DAY_SECONDS = 86_400;

/** The attributes that only files of this type have. */
export function typeDetails(random: Random, kind: FileKind, seen: number): JsonObject {
  if (isPortableExecutable(kind)) return portableExecutable(random, seen - random.int(1, 2000) * DAY_SECONDS);
  switch (kind.tag) {
    case 'html':
      return { html_info: htmlInfo(random) };
    case 'pdf':
      return { pdf_info: pdfInfo(random) };
    case 'elf':
      return { elf_info: elfInfo(random), telfhash: `t1${random.hex(70)}` };
    case 'powershell':
      return { powershell_info: { cmdlets: ['New-Object', 'Invoke-WebRequest', 'Start-Process'] } };
    case 'android':
      return { bundle_info: bundleInfo(random, seen), permhash: random.hex(64) };
    case 'docx':
    case 'zip':
      return { bundle_info: bundleInfo(random, seen) };
    default:
      return {};
  }
}

/** `exiftool`, as that program would print it. */
export function exifFacts({ description, extension, mime }: FileKind, seen: number): JsonObject {
  return {
    FileType: description,
    FileTypeExtension: extension,
    MIMEType: mime,
    TimeStamp: `${exifDate(seen)}+00:00`,
  };
}

function portableExecutable(random: Random, compiled: number): JsonObject {
  return {
    authentihash: random.hex(64),
    creation_date: compiled,
    detectiteasy: {
      filetype: 'PE32',
      values: [
        {
          info: 'GUI32',
          name: 'Sample Compiler',
          type: 'Compiler',
          version: `${random.digits(10, 19)}.${random.digits(10, 30)}`,
        },
      ],
    },
    main_icon: random.chance(0.8) ? { dhash: random.hex(16), raw_md5: random.hex(32) } : undefined,
    packers: random.chance(0.3) ? { PEiD: 'Sample Packer 1.x (made up)' } : undefined,
    pe_info: peInfo(random, compiled),
    signature_info: random.chance(0.6) ? signatureInfo(random, compiled) : undefined,
  };
}

function bundleInfo(random: Random, seen: number): JsonObject {
  const count = random.int(3, 400);
  return {
    extensions: { xml: count, png: random.int(0, 90) },
    file_types: { XML: count, PNG: random.int(0, 90) },
    highest_datetime: plainDate(seen),
    lowest_datetime: plainDate(seen - 90 * DAY_SECONDS),
    num_children: count,
    type: 'ZIP',
    uncompressed_size: random.int(10_000, 90_000_000),
  };
}

function htmlInfo(random: Random): JsonObject {
  return {
    hrefs: repeat(random.int(5, 30), () => `https://${random.hex(8)}.example/${random.hex(6)}`),
    html_meta: {
      viewport: ['width=device-width, initial-scale=1'],
      description: ['A made-up page for the sample feeds'],
    },
    scripts: repeat(random.int(1, 12), () => ({
      attributes: { src: `https://cdn.example.net/${random.hex(12)}.js`, type: 'text/javascript' },
      sha256: random.hex(64),
    })),
    title: 'Sign in to your sample account',
  };
}

// prettier-ignore
const PDF_COUNTS = [
  'acroform', 'autoaction', 'embedded_file', 'encrypted', 'flash', 'javascript', 'jbig2_compression', 'js', 'num_endobj',
  'num_endstream', 'num_launch_actions', 'num_obj', 'num_object_streams', 'num_pages', 'num_stream', 'openaction',
  'startxref', 'suspicious_colors', 'trailer', 'xfa', 'xref',
];

function pdfInfo(random: Random): JsonObject {
  const counts = PDF_COUNTS.map((name) => [
    name,
    name.startsWith('num_') ? random.int(1, 90) : random.int(0, 1),
  ]);
  return { header: '%PDF-1.7', ...(Object.fromEntries(counts) as JsonObject) };
}

function elfInfo(random: Random): JsonObject {
  return {
    export_list: repeat(random.int(3, 12), () => ({ name: `sample_${random.hex(6)}`, type: 'FUNC' })),
    header: {
      abi_version: 0,
      class: 'ELF64',
      data: "2's complement, little endian",
      entrypoint: random.int(4096, 90_000),
      hdr_version: '1 (current)',
      machine: 'Advanced Micro Devices X86-64',
      num_prog_headers: random.int(3, 12),
      num_section_headers: 5,
      obj_version: '0x1',
      os_abi: 'UNIX - System V',
      type: 'EXEC (Executable file)',
    },
    import_list: ['socket', 'connect', 'fork', 'execve'].map((name) => ({ name, type: 'NOTYPE' })),
    section_list: ['.init', '.text', '.rodata', '.data', '.bss'].map((name, at) => ({
      flags: at < 2 ? 'AX' : 'A',
      name,
      physical_offset: (at + 1) * 4096,
      section_type: 'PROGBITS',
      size: random.int(20, 90_000),
      virtual_address: 0x400000 + (at + 1) * 4096,
    })),
  };
}
