import { assessment, threatSeverity } from './assessment.ts';
import { certificate } from './certificate.ts';
import { recordDates } from './dates.ts';
import { perhapsHostile } from './hostile-text.ts';
import { hostName, hostNameAt, ipv4, topLevel } from './hosts.ts';
import type { FeedRecord, Json, JsonObject } from './json.ts';
import { company } from './people.ts';
import type { Random } from './random.ts';
import { randomAt, secondsOf } from './record-place.ts';
import type { RecordPlace } from './record-place.ts';
import { domainRefs, fileRefs, relationToMany, repeat, selfLink, urlRefs } from './relationships.ts';
import { isNamed, threat } from './threat.ts';
import { webVerdicts } from './web-verdicts.ts';
import { domainWhois } from './whois.ts';

const DAY_SECONDS = 86_400;

export function domainRecord(place: RecordPlace): FeedRecord {
  const random = randomAt(place);
  const domain = hostNameAt(random, place.index);
  const self = selfLink('domains', domain);
  return {
    attributes: domainAttributes(place, random, domain),
    context_attributes: undefined,
    id: domain,
    links: { self },
    relationships: {
      associations: relationToMany(self, 'associations'),
      communicating_files: relationToMany(self, 'communicating_files', fileRefs(random, random.int(0, 4))),
      downloaded_files: relationToMany(self, 'downloaded_files'),
      referrer_files: relationToMany(self, 'referrer_files', fileRefs(random, random.int(0, 3))),
      resolutions: relationToMany(self, 'resolutions', resolutions(random, domain)),
      siblings: relationToMany(self, 'siblings', domainRefs(random, random.int(7, 26))),
      subdomains: relationToMany(self, 'subdomains', subdomains(place, random, domain)),
      urls: relationToMany(self, 'urls', urlRefs(random, random.int(0, 14))),
    },
    type: 'domain',
  };
}

function domainAttributes(place: RecordPlace, random: Random, domain: string): JsonObject {
  const dates = recordDates(place, random);
  const found = threat(random);
  const { results, stats } = webVerdicts(random, found);
  const registrar = `${perhapsHostile(random, company(random))} (registrar)`;
  const created = dates.firstSubmission - random.int(1, 4000) * DAY_SECONDS;
  const secure = random.chance(0.75);
  return {
    categories: random.chance(0.5) ? { 'Corvane Web': 'business and economy' } : {},
    creation_date: created,
    expiration_date: random.chance(0.3) ? dates.lastAnalysis + 200 * DAY_SECONDS : undefined,
    favicon: random.chance(0.3) ? { dhash: random.hex(16), raw_md5: random.hex(32) } : undefined,
    gti_assessment: assessment(random, found),
    jarm: secure ? random.hex(62) : undefined,
    last_analysis_date: dates.lastAnalysis,
    last_analysis_results: results,
    last_analysis_stats: stats,
    last_dns_records: dnsRecords(random),
    last_dns_records_date: dates.lastAnalysis,
    last_https_certificate: secure ? certificate(random, domain, dates.lastAnalysis) : undefined,
    last_https_certificate_date: secure ? dates.lastAnalysis : undefined,
    last_modification_date: dates.lastModification,
    last_update_date: created + random.int(0, DAY_SECONDS),
    popularity_ranks: random.chance(0.3)
      ? { 'Sample Ranking': { timestamp: dates.lastAnalysis, rank: random.int(1000, 900_000) } }
      : {},
    registrar,
    reputation: isNamed(found) ? -random.int(0, 60) : 0,
    tags: random.chance(0.2) ? ['dga'] : [],
    threat_severity: threatSeverity(random, found, dates.lastAnalysis, 'D3'),
    tld: topLevel(domain),
    total_votes: { harmless: random.int(0, 2), malicious: isNamed(found) ? random.int(0, 4) : 0 },
    whois: domainWhois(random, domain, registrar, created),
    whois_date: random.chance(0.4) ? dates.lastAnalysis - random.int(0, 30) * DAY_SECONDS : undefined,
  };
}

function dnsRecords(random: Random): readonly Json[] {
  const zone = hostName(random);
  return [
    ...repeat(random.int(1, 4), () => ({ type: 'A', value: ipv4(random), ttl: 60 })),
    ...repeat(2, (at) => ({ type: 'NS', value: `ns${String(at + 1)}.${zone}`, ttl: 21_600 })),
    ...(random.chance(0.3) ? [{ type: 'MX', value: `mx.${zone}`, priority: 10, ttl: 3600 }] : []),
    ...(random.chance(0.3) ? [{ type: 'TXT', value: `v=spf1 ip4:${ipv4(random)} -all`, ttl: 3600 }] : []),
    {
      type: 'SOA',
      value: `ns1.${zone}`,
      rname: `hostmaster.${zone}`,
      retry: 900,
      minimum: 86_400,
      refresh: 7200,
      expire: 1_209_600,
      ttl: 900,
      serial: random.int(1, 2_000_000),
    },
  ];
}

function resolutions(random: Random, domain: string): readonly Json[] {
  return repeat(random.int(1, 22), () => ({ id: `${ipv4(random)}${domain}`, type: 'resolution' }));
}

function subdomains({ minute }: RecordPlace, random: Random, domain: string): readonly Json[] {
  const timestamp = secondsOf(minute) - random.int(1, 900) * DAY_SECONDS;
  return random.chance(0.4)
    ? [
        {
          context_attributes: { timestamp },
          id: `${random.pick(['www', 'mail', 'cdn'])}.${domain}`,
          type: 'domain',
        },
      ]
    : [];
}
