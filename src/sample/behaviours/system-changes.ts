import type { JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';

// prettier-ignore
const FOLDERS = [
  'C:\\Windows\\System32', 'C:\\Users\\user\\AppData\\Roaming\\Sample', 'C:\\ProgramData\\Sample Löschen',
  '%USERPROFILE%\\Documents\\例', '/tmp/.sample', 'C:\\Program Files\\Common Files',
] as const;
// prettier-ignore
const KEYS = [
  'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run', 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Sample',
  'HKLM\\SOFTWARE\\Policies\\Sample', 'HKCU\\Software\\Classes\\sample-handler\\shell\\open',
] as const;

/** Files and registry keys a run touched. `load` 1 is a quiet run, 30 one that fills a record of 100 KB and more. */
export function systemChanges(random: Random, load: number): JsonObject {
  const path = (): string =>
    `${random.pick(FOLDERS)}\\${random.hex(12)}.${random.pick(['dll', 'tmp', 'dat', 'log'])}`;
  const key = (): string => `${random.pick(KEYS)}\\${random.hex(8)}`;
  const upTo = (most: number): number => random.int(1, most) * Math.ceil(load / 3);
  return {
    files_deleted: repeat(upTo(3), path),
    files_dropped: repeat(Math.min(50, upTo(4)), () => ({
      path: path(),
      sha256: random.hex(64),
      type: 'unknown',
    })),
    files_opened: repeat(Math.min(200, upTo(12)), path),
    files_written: repeat(Math.min(33, upTo(4)), path),
    memory_dumps: load >= 30 ? repeat(300, () => memoryDump(random)) : undefined,
    modules_loaded: repeat(Math.min(20, upTo(4)), path),
    mutexes_created: repeat(random.int(1, 4), () => `Global\\sample-${random.hex(32)}`),
    registry_keys_opened: repeat(Math.min(300, upTo(14)), key),
    registry_keys_set: repeat(Math.min(23, upTo(5)), () => ({
      key: key(),
      value: `DWORD (0x${random.hex(8)})`,
    })),
  };
}

function memoryDump(random: Random): JsonObject {
  const id = String(random.int(300, 2400) * 4);
  return {
    base_address: `0x${random.hex(8)}`,
    file_name: `${random.hex(64)}.${random.hex(8)}.sample.dmp`,
    process: `C:\\Users\\user\\AppData\\Local\\Temp\\${random.hex(8)}.exe`,
    process_id: id,
    refs: [{ ref: '#memory_pattern_domains', value: random.digits(100, 999) }],
    size: String(random.int(1, 900) * 4096),
    stage: 'after execution',
  };
}
