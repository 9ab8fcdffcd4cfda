import type { Json, JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';

const SECTIONS = ['.text', '.rdata', '.data', '.rsrc', '.reloc', 'UPX0', '.ndata'];
// prettier-ignore
const LIBRARIES: readonly { readonly name: string; readonly functions: readonly string[] }[] = [
  {
    name: 'KERNEL32.dll',
    functions: ['CloseHandle', 'CreateFileW', 'CreateMutexW', 'CreateProcessW', 'ExitProcess', 'GetModuleHandleW', 'GetProcAddress', 'GetTickCount', 'IsDebuggerPresent', 'LoadLibraryW', 'ReadFile', 'Sleep', 'VirtualAlloc', 'WriteFile'],
  },
  { name: 'ADVAPI32.dll', functions: ['OpenProcessToken', 'RegCloseKey', 'RegOpenKeyExW', 'RegSetValueExW'] },
  { name: 'USER32.dll', functions: ['DispatchMessageW', 'GetMessageW', 'MessageBoxW', 'ShowWindow'] },
  { name: 'WS2_32.dll', functions: ['WSAStartup', 'closesocket', 'connect', 'recv', 'send'] },
  { name: 'WININET.dll', functions: ['HttpOpenRequestW', 'InternetConnectW', 'InternetOpenW', 'InternetReadFile'] },
];

/** `pe_info`, the headers of a Windows program. */
export function peInfo(random: Random, compiled: number): JsonObject {
  const resources = repeat(random.int(1, 12), () => resource(random));
  return {
    compiler_product_versions: repeat(
      random.int(1, 6),
      () => `[C++] VS2019 build ${random.digits(20_000, 40_000)} count=${random.digits(1, 90)}`,
    ),
    entry_point: random.int(4096, 400_000),
    imphash: random.hex(32),
    import_list: random.some(LIBRARIES, random.int(1, LIBRARIES.length)).map(({ name, functions }) => ({
      imported_functions: random.some(functions, random.int(1, functions.length)),
      library_name: name,
    })),
    machine_type: random.pick([332, 34_404]),
    overlay: random.chance(0.4) ? overlay(random) : undefined,
    resource_details: resources,
    resource_langs: { 'ENGLISH US': resources.length },
    resource_types: { RT_ICON: resources.length },
    rich_pe_header_hash: random.hex(32),
    sections: random.some(SECTIONS, random.int(3, 6)).map((name, at) => section(random, name, at)),
    timestamp: compiled,
  };
}

function section(random: Random, name: string, at: number): JsonObject {
  return {
    chi2: random.int(1000, 9_000_000) / 100,
    entropy: random.int(0, 799) / 100,
    flags: random.pick(['rx', 'r', 'rw']),
    md5: random.hex(32),
    name,
    raw_size: random.int(1, 900) * 512,
    virtual_address: (at + 1) * 4096,
    virtual_size: random.int(200, 400_000),
  };
}

function resource(random: Random): Json {
  return {
    chi2: random.int(1000, 9_000_000) / 100,
    entropy: random.int(0, 799) / 100,
    filetype: 'unknown',
    lang: 'ENGLISH US',
    sha256: random.hex(64),
    type: 'RT_ICON',
  };
}

function overlay(random: Random): JsonObject {
  return {
    chi2: random.int(1000, 90_000) + 0.25,
    entropy: 7.5,
    filetype: 'unknown',
    md5: random.hex(32),
    offset: random.int(1, 900) * 512,
    size: random.int(100, 90_000),
  };
}
