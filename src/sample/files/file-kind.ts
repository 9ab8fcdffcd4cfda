import type { Random } from '../records/random.ts';

/** What a type of file is called, in the words of the records. */
export interface FileKind {
  readonly tag: string;
  readonly description: string;
  readonly extension: string;
  readonly magic: string;
  readonly typeTags: readonly string[];
  readonly mime: string;
  /** How many of a hundred files are of it. */
  readonly share: number;
}

const PE_TAGS = ['executable', 'windows', 'win32', 'pe'];

const KINDS: readonly [FileKind, ...FileKind[]] = [
  {
    tag: 'peexe',
    description: 'Win32 EXE',
    extension: 'exe',
    magic: 'PE32 executable (GUI) Intel 80386, for MS Windows',
    typeTags: [...PE_TAGS, 'peexe'],
    mime: 'application/octet-stream',
    share: 28,
  },
  {
    tag: 'pedll',
    description: 'Win32 DLL',
    extension: 'dll',
    magic: 'PE32+ executable (DLL) (console) x86-64, for MS Windows',
    typeTags: [...PE_TAGS, 'pedll'],
    mime: 'application/octet-stream',
    share: 10,
  },
  {
    tag: 'html',
    description: 'HTML',
    extension: 'html',
    magic: 'HTML document, UTF-8 Unicode text, with very long lines',
    typeTags: ['internet', 'html'],
    mime: 'text/html',
    share: 12,
  },
  {
    tag: 'javascript',
    description: 'JavaScript',
    extension: 'js',
    magic: 'ASCII text, with CRLF line terminators',
    typeTags: ['source', 'javascript', 'js'],
    mime: 'application/javascript',
    share: 9,
  },
  {
    tag: 'pdf',
    description: 'PDF',
    extension: 'pdf',
    magic: 'PDF document, version 1.7',
    typeTags: ['document', 'pdf'],
    mime: 'application/pdf',
    share: 9,
  },
  {
    tag: 'docx',
    description: 'Office Open XML Document',
    extension: 'docx',
    magic: 'Microsoft Word 2007+',
    typeTags: ['document', 'msoffice', 'text', 'word', 'docx'],
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    share: 8,
  },
  {
    tag: 'android',
    description: 'Android',
    extension: 'apk',
    magic: 'Zip archive data, at least v2.0 to extract',
    typeTags: ['executable', 'mobile', 'android', 'apk'],
    mime: 'application/zip',
    share: 8,
  },
  {
    tag: 'elf',
    description: 'ELF',
    extension: 'elf',
    magic: 'ELF 64-bit LSB executable, x86-64, version 1 (SYSV), statically linked, stripped',
    typeTags: ['executable', 'linux', 'elf'],
    mime: 'application/octet-stream',
    share: 6,
  },
  {
    tag: 'zip',
    description: 'ZIP',
    extension: 'zip',
    magic: 'Zip archive data, at least v2.0 to extract, compression method=deflate',
    typeTags: ['compressed', 'zip'],
    mime: 'application/zip',
    share: 6,
  },
  {
    tag: 'powershell',
    description: 'Powershell',
    extension: 'ps1',
    magic: 'ASCII text, with very long lines (4096)',
    typeTags: ['source', 'powershell', 'ps'],
    mime: 'text/plain',
    share: 4,
  },
];

/** What the EICAR test file counts as. */
export const EICAR_KIND: FileKind = {
  tag: 'powershell',
  description: 'Powershell',
  extension: 'com',
  magic: 'EICAR virus test files',
  typeTags: ['source', 'powershell', 'ps'],
  mime: 'text/plain',
  share: 0,
};

export function fileKind(random: Random): FileKind {
  let left = random.int(1, 100);
  for (const kind of KINDS) {
    left -= kind.share;
    if (left <= 0) return kind;
  }
  return KINDS[0];
}

export function isPortableExecutable({ tag }: FileKind): boolean {
  return tag === 'peexe' || tag === 'pedll';
}
