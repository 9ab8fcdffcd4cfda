import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import { isNamed } from './threat.ts';
import type { Threat } from './threat.ts';

/** `gti_assessment`, which some records have. */
export function assessment(random: Random, threat: Threat): JsonObject | undefined {
  if (random.chance(0.5)) return undefined;
  const bad = isNamed(threat);
  const score = bad ? random.int(60, 100) : random.int(0, 20);
  return {
    verdict: { value: bad ? 'VERDICT_MALICIOUS' : 'VERDICT_UNDETECTED' },
    severity: { value: bad ? 'SEVERITY_HIGH' : 'SEVERITY_NONE' },
    threat_score: { value: score },
    contributing_factors: { gti_confidence_score: score, malicious_sandbox_verdict: bad },
    description: bad
      ? 'This indicator is synthetic. It was made up as malicious, with a high severity, to show what such a record looks like.'
      : 'This indicator is synthetic. It was made up without any sign of malicious activity behind it.',
  };
}

/** `threat_severity`. Its date is a string of digits and its version's type differs by feed, as in real records. */
export function threatSeverity(
  random: Random,
  threat: Threat,
  lastAnalysis: number,
  version: string | number,
): JsonObject | undefined {
  if (random.chance(0.3)) return undefined;
  const bad = isNamed(threat);
  return {
    last_analysis_date: String(lastAnalysis),
    level_description: bad
      ? `Severity HIGH because it was considered ${threat.category}.`
      : 'No severity score data',
    threat_severity_data: {},
    threat_severity_level: bad ? 'SEVERITY_HIGH' : 'SEVERITY_NONE',
    version,
  };
}
