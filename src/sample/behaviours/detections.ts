import type { Json, JsonObject } from '../records/json.ts';
import { reference } from '../records/people.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';

type Technique = readonly [id: string, what: string];

const TECHNIQUES: readonly [Technique, ...Technique[]] = [
  ['T1055', 'Writes into the memory of another program'],
  ['T1082', 'Asks for the version of the system'],
  ['T1547.001', 'Starts itself again at logon'],
  ['T1071', 'Talks to a server over HTTP'],
  ['T1497', 'Looks for a sandbox'],
  ['T1486', 'Encrypts documents'],
];

/** What the sandbox's own rules say of a run. */
export function detections(random: Random, load: number): JsonObject {
  if (random.chance(0.3)) return {};
  return {
    mitre_attack_techniques: random.some(TECHNIQUES, random.int(1, 5)).map(([id, signature_description]) => ({
      id,
      refs: [{ ref: '#signature_matches', value: random.digits(10, 99) }],
      severity: 'IMPACT_SEVERITY_HIGH',
      signature_description,
    })),
    signature_matches: repeat(random.int(1, 4) * Math.ceil(load / 6), () => signature(random, load)),
    tags: ['DIRECT_CPU_CLOCK_ACCESS', 'LONG_SLEEPS'],
    text_highlighted: random.chance(0.2) ? ['&Ja', '&Nein', 'Décrypter vos fichiers'] : undefined,
    verdict_confidence: random.int(40, 99),
    verdicts: [random.pick(['CLEAN', 'TROJAN', 'RANSOM'])],
  };
}

function signature(random: Random, load: number): Json {
  return {
    description: `Made-up signature: ${random.pick(TECHNIQUES)[1].toLowerCase()}`,
    id: random.digits(10, 9999),
    match_data: repeat(random.int(1, 4) * load, () => `call ${random.hex(24)}`),
    refs: [{ ref: '#processes_tree', value: reference(random, 'signature') }],
    severity: 'IMPACT_SEVERITY_HIGH',
  };
}
