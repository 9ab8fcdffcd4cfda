import type { Json, JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';

const PROGRAMS = [
  'cmd.exe /c',
  'powershell.exe -NoProfile -Command',
  'schtasks.exe /create /tn',
  'rundll32.exe',
  'wscript.exe //B',
  'reg.exe add',
] as const;

/** A command line a sandbox might have seen. */
export function commandLine(random: Random): string {
  return `C:\\Windows\\System32\\${random.pick(PROGRAMS)} "%USERPROFILE%\\AppData\\Local\\Temp\\${random.hex(8)}.tmp" ${random.hex(random.int(0, 60))}`;
}

/** `processes_tree`: one root, up to three levels under it. */
export function processTree(random: Random, sha256: string): readonly Json[] {
  return [
    {
      children: repeat(random.int(1, 4), () => ({
        children: repeat(random.int(1, 2), () => leaf(random)),
        ...leaf(random),
      })),
      name: `"%SAMPLEPATH%\\${sha256}.exe"`,
      process_id: processId(random),
    },
  ];
}

function leaf(random: Random): JsonObject {
  return { name: commandLine(random), process_id: processId(random) };
}

function processId(random: Random): string {
  return String(random.int(300, 2400) * 4);
}
