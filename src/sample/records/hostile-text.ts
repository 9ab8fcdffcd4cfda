import type { Random } from './random.ts';

/** One record in this many has a text in it that was made to fool what shows it. */
const ONE_IN = 100;

const HOSTILE = [
  'annual-report\u202Efdp.exe',
  '$(verified) signed $(sync~spin).exe',
  '[Open the report](command:workbench.action.quit).pdf',
  'first line\u2028second line\u2029.txt',
  '🦠🔥👩‍💻 free gift 🎁.apk',
  `${'a-very-long-name-'.repeat(18)}.exe`,
  '<img src=x onerror=alert(1)>.html',
  '../../../../tmp/escape.sh',
  'CON.txt. ',
  '\u001B]0;renamed\u0007\u001B[31mred.bin',
  'lone \uD83D surrogate.doc',
  '=cmd|calc!A1.csv',
  'zero\u200Bwidth\u2066isolate\u2069.js',
] as const;

/** A hostile text now and then (one record in a hundred), else `plain`. */
export function perhapsHostile(random: Random, plain: string): string {
  return random.chance(1 / ONE_IN) ? random.pick(HOSTILE) : plain;
}
