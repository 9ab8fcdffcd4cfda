import type { JsonObject } from '../records/json.ts';
import { hostName, ipv4 } from '../records/hosts.ts';
import { reference } from '../records/people.ts';
import type { Random } from '../records/random.ts';
import { repeat } from '../records/relationships.ts';
import type { Threat } from '../records/threat.ts';

const SANDBOXES = ['Zenbox', 'Rimeglass', 'CAPE Sandbox'];
const IDS_LEVELS = ['high', 'medium', 'low', 'info'] as const;
const SIGMA_LEVELS = ['critical', 'high', 'low', 'medium'] as const;

/** What rules and sandboxes of the crowd found in a file that a family is known for. */
export function crowdsourced(random: Random, threat: Threat, seen: number): JsonObject {
  const ids = repeat(random.int(0, 4), () => idsAlert(random, threat));
  const sigma = repeat(random.int(0, 4), () => sigmaMatch(random, threat));
  return {
    crowdsourced_ids_results: ids.length > 0 ? ids.map(({ alert }) => alert) : undefined,
    crowdsourced_ids_stats: ids.length > 0 ? countOf(IDS_LEVELS, ids) : undefined,
    crowdsourced_yara_results: random.chance(0.6) ? [yaraMatch(random, threat, seen)] : undefined,
    popular_threat_classification: {
      popular_threat_category: [{ count: random.int(8, 30), value: threat.category }],
      popular_threat_name: [{ count: random.int(5, 20), value: threat.family }],
      suggested_threat_label: `${threat.category}.${threat.family}`,
    },
    sandbox_verdicts: Object.fromEntries(
      random.some(SANDBOXES, random.int(1, 3)).map((sandbox_name) => [
        sandbox_name,
        {
          category: 'malicious',
          confidence: random.int(50, 99),
          malware_classification: ['MALWARE', 'TROJAN'],
          sandbox_name,
        },
      ]),
    ),
    sigma_analysis_results: sigma.length > 0 ? sigma.map(({ alert }) => alert) : undefined,
    sigma_analysis_stats: sigma.length > 0 ? countOf(SIGMA_LEVELS, sigma) : undefined,
    sigma_analysis_summary:
      sigma.length > 0 ? { 'Sample Rule Set (made up)': countOf(SIGMA_LEVELS, sigma) } : undefined,
  };
}

interface Alert {
  readonly level: string;
  readonly alert: JsonObject;
}

function countOf(levels: readonly string[], alerts: readonly Alert[]): JsonObject {
  return Object.fromEntries(
    levels.map((level) => [level, alerts.filter((alert) => alert.level === level).length]),
  );
}

function idsAlert(random: Random, { family }: Threat): Alert {
  const level = random.pick(IDS_LEVELS);
  const id = random.digits(9_000_000, 9_999_999);
  const message = `SAMPLE-RULES ${family} check-in over HTTP`;
  const host = hostName(random);
  return {
    level,
    alert: {
      alert_context: [
        { dest_ip: ipv4(random), dest_port: 80, hostname: host, url: `http://${host}/${random.hex(12)}` },
      ],
      alert_severity: level,
      rule_category: 'A Network Trojan was detected',
      rule_id: `1:${id}`,
      rule_msg: message,
      rule_raw: `alert http $HOME_NET any -> $EXTERNAL_NET any (msg:"${message}"; flow:established,to_server; content:"${random.hex(16)}"; http_uri; classtype:trojan-activity; sid:${id}; rev:1;)`,
      rule_source: 'Sample rule set',
      rule_url: reference(random, 'rules'),
    },
  };
}

function yaraMatch(random: Random, { family }: Threat, seen: number): JsonObject {
  return {
    author: 'sample author',
    description: `Made-up rule that would find ${family}`,
    match_date: seen,
    rule_name: `Sample_${family}_${random.text(2, 'ABCDEFGH')}`,
    ruleset_id: random.hex(10),
    ruleset_name: `sample_${family}`,
    source: reference(random, 'yara'),
  };
}

function sigmaMatch(random: Random, { family }: Threat): Alert {
  const level = random.pick(SIGMA_LEVELS);
  return {
    level,
    alert: {
      match_context: [
        {
          values: {
            CommandLine: `"C:\\Users\\user\\AppData\\Local\\Temp\\${family}.exe" --quiet ${random.hex(16)}`,
            EventID: '1',
            Image: `C:\\Users\\user\\AppData\\Local\\Temp\\${family}.exe`,
            ParentImage: 'C:\\Windows\\explorer.exe',
          },
        },
      ],
      rule_author: 'Sample Author',
      rule_description: 'Made-up rule: a program that was started from a temporary folder.',
      rule_id: random.hex(64),
      rule_level: level,
      rule_source: 'Sample Rule Set (made up, no source)',
      rule_title: 'Program Started From Temporary Folder',
    },
  };
}
