import { artifactToken } from '../artifacts/token.ts';
import { assessment, threatSeverity } from '../records/assessment.ts';
import { recordDates } from '../records/dates.ts';
import type { RecordDates } from '../records/dates.ts';
import { fileVerdicts } from '../records/file-verdicts.ts';
import type { FeedRecord, JsonObject } from '../records/json.ts';
import { submitter } from '../records/people.ts';
import type { Random } from '../records/random.ts';
import { randomAt } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { addressRefs, domainRefs, relationToMany, selfLink, urlRefs } from '../records/relationships.ts';
import { isNamed, threat } from '../records/threat.ts';
import type { Threat } from '../records/threat.ts';
import { crowdsourced } from './crowdsourced.ts';
import { fileHashes, isEicar } from './file-content.ts';
import type { FileHashes } from './file-content.ts';
import { EICAR_KIND, fileKind } from './file-kind.ts';
import type { FileKind } from './file-kind.ts';
import { fileNames } from './file-names.ts';
import { exifFacts, typeDetails } from './type-details.ts';

const EICAR_THREAT: Threat = { family: 'eicar', category: 'test', share: 0.92 };
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function fileRecord(place: RecordPlace): FeedRecord {
  const { seed, minute, index } = place;
  const random = randomAt(place);
  const hashes = fileHashes(seed, minute, index);
  const self = selfLink('files', hashes.sha256);
  const dates = recordDates(place, random);
  const token = artifactToken(seed, hashes.sha256, dates.lastModification);
  return {
    attributes: fileAttributes(random, hashes, dates, isEicar(index)),
    context_attributes: {
      download_url: `https://www.virustotal.com/api/v3/feeds/files/${token}/download`,
      submitter: submitter(random),
    },
    id: hashes.sha256,
    links: { self },
    relationships: {
      contacted_domains: relationToMany(self, 'contacted_domains', domainRefs(random, random.int(0, 8))),
      contacted_ips: relationToMany(self, 'contacted_ips', addressRefs(random, random.int(0, 22))),
      contacted_urls: relationToMany(self, 'contacted_urls'),
      embedded_domains: relationToMany(self, 'embedded_domains', domainRefs(random, random.int(0, 5))),
      embedded_ips: relationToMany(self, 'embedded_ips'),
      embedded_urls: relationToMany(self, 'embedded_urls', urlRefs(random, random.int(0, 10))),
    },
    type: 'file',
  };
}

function fileAttributes(random: Random, hashes: FileHashes, dates: RecordDates, eicar: boolean): JsonObject {
  const kind = eicar ? EICAR_KIND : fileKind(random);
  const found = eicar ? EICAR_THREAT : threat(random);
  const names = eicar ? ['eicar.com', 'eicar.com.txt'] : fileNames(random, kind, hashes.sha256);
  const update = new Date(dates.lastAnalysis * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  const { results, stats } = fileVerdicts(random, found, update);
  const all = {
    available_tools: [],
    ...(isNamed(found) ? crowdsourced(random, found, dates.lastAnalysis) : {}),
    exiftool: exifFacts(kind, dates.firstSubmission),
    first_submission_date: dates.firstSubmission,
    gti_assessment: assessment(random, found),
    last_analysis_date: dates.lastAnalysis,
    last_analysis_results: results,
    last_analysis_stats: stats,
    last_modification_date: dates.lastModification,
    last_submission_date: dates.lastSubmission,
    ...fingerprints(random, hashes, kind),
    meaningful_name: names[0],
    names,
    reputation: isNamed(found) ? -random.int(0, 120) : 0,
    tags: [
      kind.tag,
      ...random.some(
        ['overlay', 'spreader', 'checks-cpu-name', 'obfuscated', 'signed', 'long-sleeps'],
        random.int(0, 3),
      ),
    ],
    threat_severity: threatSeverity(random, found, dates.lastAnalysis, 5),
    times_submitted: random.int(1, 30),
    total_votes: { harmless: random.int(0, 2), malicious: isNamed(found) ? random.int(0, 5) : 0 },
    ...typeWords(kind),
    ...(eicar ? {} : typeDetails(random, kind, dates.firstSubmission)),
    unique_sources: random.int(1, 12),
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fingerprints(random: Random, { md5, sha1, sha256, size }: FileHashes, kind: FileKind): JsonObject {
  return {
    magic: kind.magic,
    magika: random.chance(0.7) ? kind.tag.toUpperCase() : undefined,
    md5,
    sha1,
    sha256,
    size,
    ssdeep: `${String(3 * 2 ** random.int(1, 14))}:${random.text(random.int(20, 60), BASE64)}:${random.text(random.int(10, 30), BASE64)}`,
    tlsh: `T1${random.hex(70).toUpperCase()}`,
    vhash: random.chance(0.75) ? random.hex(32) : undefined,
  };
}

function typeWords(kind: FileKind): JsonObject {
  return {
    trid: [
      { file_type: `${kind.description} (made-up share)`, probability: 87.5 },
      { file_type: 'Generic file format', probability: 12 },
    ],
    type_description: kind.description,
    type_extension: kind.extension,
    type_tag: kind.tag,
    type_tags: kind.typeTags,
  };
}
