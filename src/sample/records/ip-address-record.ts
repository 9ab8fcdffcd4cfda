import { assessment, threatSeverity } from './assessment.ts';
import { certificate } from './certificate.ts';
import { recordDates } from './dates.ts';
import { perhapsHostile } from './hostile-text.ts';
import { hostName, ipv4At, ipv6 } from './hosts.ts';
import type { FeedRecord, JsonObject } from './json.ts';
import { company, country } from './people.ts';
import { Random } from './random.ts';
import { randomAt } from './record-place.ts';
import type { RecordPlace } from './record-place.ts';
import { networkRdap } from './rdap.ts';
import { fileRefs, relationToMany, repeat, selfLink, urlRefs } from './relationships.ts';
import { isNamed, threat } from './threat.ts';
import { webVerdicts } from './web-verdicts.ts';
import { networkWhois } from './whois.ts';

const DAY_SECONDS = 86_400;
/** Shares no factor with the 762 addresses there are, so that a minute's records differ. */
const STEP = 37;

export function ipAddressRecord(place: RecordPlace): FeedRecord {
  const random = randomAt(place);
  const address = addressOf(place, random);
  const self = selfLink('ip_addresses', address);
  return {
    attributes: addressAttributes(place, random, address),
    context_attributes: undefined,
    id: address,
    links: { self },
    relationships: {
      associations: relationToMany(self, 'associations'),
      communicating_files: relationToMany(self, 'communicating_files', fileRefs(random, random.int(0, 24))),
      downloaded_files: relationToMany(self, 'downloaded_files', fileRefs(random, random.int(0, 1))),
      referrer_files: relationToMany(self, 'referrer_files'),
      resolutions: relationToMany(
        self,
        'resolutions',
        repeat(random.int(0, 12), () => ({ id: `${address}${hostName(random)}`, type: 'resolution' })),
      ),
      urls: relationToMany(self, 'urls', urlRefs(random, random.int(0, 8))),
    },
    type: 'ip_address',
  };
}

function addressOf({ seed, minute, index }: RecordPlace, random: Random): string {
  const first = new Random(seed, minute, 'addresses').int(0, 761);
  return random.chance(0.1) ? ipv6(random) : ipv4At(first + index * STEP);
}

function addressAttributes(place: RecordPlace, random: Random, address: string): JsonObject {
  const dates = recordDates(place, random);
  const found = threat(random);
  const { results, stats } = webVerdicts(random, found);
  const owner = perhapsHostile(random, company(random));
  const network = address.includes(':') ? '2001:db8::/32' : address.replace(/\d+$/u, '0/24');
  const registered = dates.firstSubmission - random.int(100, 6000) * DAY_SECONDS;
  const secure = random.chance(0.75);
  return {
    as_owner: owner,
    asn: random.int(64_496, 64_511),
    continent: random.chance(0.9) ? random.pick(['EU', 'NA', 'AS', 'SA', 'AF', 'OC']) : undefined,
    country: random.chance(0.9) ? country(random) : undefined,
    gti_assessment: assessment(random, found),
    jarm: secure ? random.hex(62) : undefined,
    last_analysis_date: random.chance(0.9) ? dates.lastAnalysis : undefined,
    last_analysis_results: results,
    last_analysis_stats: stats,
    last_https_certificate: secure ? certificate(random, hostName(random), dates.lastAnalysis) : undefined,
    last_https_certificate_date: secure ? dates.lastAnalysis : undefined,
    last_modification_date: dates.lastModification,
    network,
    rdap: random.chance(0.8) ? networkRdap(random, network, registered) : undefined,
    regional_internet_registry: random.pick(['ARIN', 'RIPE NCC', 'APNIC', 'LACNIC', 'AFRINIC']),
    reputation: isNamed(found) ? -random.int(0, 60) : 0,
    tags: random.chance(0.4) ? ['self-signed'] : [],
    threat_severity: threatSeverity(random, found, dates.lastAnalysis, 'I2'),
    total_votes: { harmless: random.int(0, 2), malicious: isNamed(found) ? random.int(0, 4) : 0 },
    whois: networkWhois(random, network, owner, registered),
    whois_date: dates.lastAnalysis - random.int(0, 30) * DAY_SECONDS,
  };
}
