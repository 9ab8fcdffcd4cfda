import { artifactInfo } from '../../core/feed/artifact.ts';
import { artifactToken } from '../artifacts/token.ts';
import type { SampleWorld } from '../batches/record-count.ts';
import { recordDates } from '../records/dates.ts';
import { perhapsHostile } from '../records/hostile-text.ts';
import type { FeedRecord, JsonObject } from '../records/json.ts';
import type { Random } from '../records/random.ts';
import { randomAt } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';
import { relationToOne, repeat, selfLink } from '../records/relationships.ts';
import { behaviourIdentity } from './behaviour-identity.ts';
import type { BehaviourIdentity } from './behaviour-identity.ts';
import { detections } from './detections.ts';
import { networkActivity } from './network-activity.ts';
import { commandLine, processTree } from './processes.ts';
import { systemChanges } from './system-changes.ts';

const TYPE_TAGS = ['peexe', 'pedll', 'javascript', 'docx', 'elf'] as const;

export function behaviourRecord(world: SampleWorld, place: RecordPlace): FeedRecord {
  const random = randomAt(place);
  const identity = behaviourIdentity(world, place);
  const dates = recordDates(place, random);
  const self = selfLink('file_behaviours', identity.id);
  return {
    attributes: {
      analysis_date: dates.lastAnalysis,
      behash: random.hex(32),
      ...runAttributes(random, identity),
      has_evtx: identity.artifacts.includes('evtx'),
      has_html_report: identity.artifacts.includes('html'),
      has_memdump: identity.artifacts.includes('memdump'),
      has_pcap: identity.artifacts.includes('pcap'),
      last_modification_date: dates.lastModification,
      sandbox_name: identity.sandbox,
    },
    context_attributes: {
      file_md5: identity.file.md5,
      file_sha1: identity.file.sha1,
      file_type_tag: random.pick(TYPE_TAGS),
      ...artifactLinks(identity, artifactToken(place.seed, identity.id, dates.lastModification)),
    },
    id: identity.id,
    links: { self },
    relationships: { file: relationToOne(self, 'file', { id: identity.file.sha256, type: 'file' }) },
    type: 'file_behaviour',
  };
}

/** One token serves all the artifacts of a behaviour. */
function artifactLinks({ artifacts }: BehaviourIdentity, token: string): JsonObject {
  const base = `https://www.virustotal.com/api/v3/feeds/file-behaviours/${token}`;
  return Object.fromEntries(artifacts.map((kind) => [artifactInfo(kind).linkKey, `${base}/${kind}`]));
}

function runAttributes(random: Random, { file }: BehaviourIdentity): JsonObject {
  const load = runLoad(random);
  return {
    command_executions: [
      perhapsHostile(random, commandLine(random)),
      ...repeat(random.int(0, 4), () => commandLine(random)),
    ],
    ...systemChanges(random, load),
    ...networkActivity(random),
    ...detections(random, load),
    processes_created: repeat(random.int(1, 6), () => commandLine(random)),
    processes_terminated: random.chance(0.5) ? [`%SAMPLEPATH%\\${file.sha256}.exe`] : undefined,
    processes_tree: processTree(random, file.sha256),
  };
}

/** Most runs are short, some busy, and one in forty fills a record of more than 100 KB. */
function runLoad(random: Random): number {
  const dice = random.int(1, 1000);
  if (dice <= 25) return 30;
  return dice <= 200 ? random.int(6, 12) : random.int(1, 3);
}
