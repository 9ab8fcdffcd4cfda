import { assessment, threatSeverity } from './assessment.ts';
import { recordDates } from './dates.ts';
import { perhapsHostile } from './hostile-text.ts';
import { hostName, ipv4, topLevel } from './hosts.ts';
import type { FeedRecord, JsonObject } from './json.ts';
import { submitter } from './people.ts';
import type { Random } from './random.ts';
import { randomAt } from './record-place.ts';
import type { RecordPlace } from './record-place.ts';
import { relationToMany, relationToOne, repeat, selfLink, sha256 } from './relationships.ts';
import { isNamed, threat } from './threat.ts';
import type { Threat } from './threat.ts';
import { webVerdicts } from './web-verdicts.ts';

const PATHS = [
  '',
  'login',
  'wp-content/update.php',
  'invoice/view',
  'download/setup.exe',
  'a/b/c?id=',
  'índice',
  '~user/',
] as const;
const TITLES = [
  'Sign in',
  'Ihre Rechnung',
  'ログイン',
  'Index of /',
  '404 Not Found',
  'Página de ejemplo',
  'Добро пожаловать',
] as const;

export function urlRecord(place: RecordPlace): FeedRecord {
  const random = randomAt(place);
  const host = hostName(random);
  const url = `${random.pick(['http', 'https'])}://${host}/${random.pick(PATHS)}${random.hex(random.int(0, 16))}`;
  const id = sha256(url);
  const self = selfLink('urls', id);
  const found = threat(random);
  const by = submitter(random);
  return {
    attributes: urlAttributes(place, random, { url, host, found }),
    context_attributes: by === undefined ? undefined : { submitter: by },
    id,
    links: { self },
    relationships: {
      associations: relationToMany(self, 'associations'),
      last_serving_ip_address: relationToOne(self, 'last_serving_ip_address', {
        id: ipv4(random),
        type: 'ip_address',
      }),
    },
    type: 'url',
  };
}

interface UrlFacts {
  readonly url: string;
  readonly host: string;
  readonly found: Threat;
}

function urlAttributes(place: RecordPlace, random: Random, { url, host, found }: UrlFacts): JsonObject {
  const dates = recordDates(place, random);
  const { results, stats } = webVerdicts(random, found);
  const hops = random.chance(0.3)
    ? repeat(random.int(1, 3), () => `https://${hostName(random)}/r/${random.hex(6)}`)
    : [];
  const answered = random.chance(0.85);
  return {
    categories: random.chance(0.8)
      ? { 'Bramholt Web': isNamed(found) ? 'phishing and fraud' : 'information technology' }
      : {},
    first_submission_date: dates.firstSubmission,
    gti_assessment: assessment(random, found),
    has_content: answered,
    last_analysis_date: dates.lastAnalysis,
    last_analysis_results: results,
    last_analysis_stats: stats,
    last_final_url: hops.at(-1) ?? url,
    ...(answered ? response(random, dates.lastAnalysis) : {}),
    last_modification_date: dates.lastModification,
    last_submission_date: dates.lastSubmission,
    outgoing_links: random.chance(0.4)
      ? repeat(random.int(1, 12), () => `https://${hostName(random)}/`)
      : undefined,
    redirection_chain: hops.length > 0 ? [url, ...hops.slice(0, -1)] : undefined,
    reputation: isNamed(found) ? -random.int(0, 150) : random.int(0, 3),
    tags: hops.length > 0 ? ['multiple-redirects'] : [],
    threat_names: isNamed(found) ? [`Mal/HTML-${random.text(4, 'ABCDEFGH')}`] : [],
    threat_severity: threatSeverity(random, found, dates.lastAnalysis, 'U2'),
    times_submitted: random.int(1, 40),
    title: answered ? perhapsHostile(random, random.pick(TITLES)) : undefined,
    tld: topLevel(host),
    total_votes: { harmless: random.int(0, 2), malicious: isNamed(found) ? random.int(0, 4) : 0 },
    url,
  };
}

function response(random: Random, time: number): JsonObject {
  const length = random.int(0, 90_000);
  return {
    last_http_response_code: random.pick([200, 200, 200, 404, 403, 500]),
    last_http_response_content_length: length,
    last_http_response_content_sha256: random.hex(64),
    last_http_response_cookies: random.chance(0.3) ? { PHPSESSID: random.hex(26) } : {},
    last_http_response_headers: {
      'cache-control': 'private, no-cache',
      'content-length': String(length),
      'content-security-policy': `default-src 'self' ${repeat(random.int(1, 20), () => hostName(random)).join(' ')}`,
      'content-type': 'text/html; charset=UTF-8',
      date: new Date(time * 1000).toUTCString(),
      etag: `"${random.hex(16)}"`,
      server: random.pick(['nginx', 'Apache', 'cloud-sample']),
    },
    html_meta: random.chance(0.5)
      ? { viewport: ['width=device-width, initial-scale=1'], description: ['A made-up page.'] }
      : undefined,
  };
}
