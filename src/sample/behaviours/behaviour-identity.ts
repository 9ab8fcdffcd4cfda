import type { ArtifactKind } from '../../core/feed/artifact.ts';
import { recordCount } from '../batches/record-count.ts';
import type { SampleWorld } from '../batches/record-count.ts';
import { fileHashes } from '../files/file-content.ts';
import type { FileHashes } from '../files/file-content.ts';
import { Random } from '../records/random.ts';
import { randomAt } from '../records/record-place.ts';
import type { RecordPlace } from '../records/record-place.ts';

const SANDBOXES = [
  'VirusTotal Jujubox',
  'Zenbox',
  'CAPE Sandbox',
  'Rimeglass Detonator',
  'Hollow_Oak Linux',
] as const;

type BehaviourArtifact = Exclude<ArtifactKind, 'sample'>;

/** What is known of a behaviour before its run is made up. */
export interface BehaviourIdentity {
  /** `<sha256>_<sandbox>`, as in real records. */
  readonly id: string;
  readonly sandbox: string;
  /** The file that ran: one of the files feed of the same minute. */
  readonly file: FileHashes;
  readonly artifacts: readonly BehaviourArtifact[];
}

export function behaviourIdentity(world: SampleWorld, place: RecordPlace): BehaviourIdentity {
  const { seed, minute, index } = place;
  const files = Math.max(1, recordCount(world, 'files', minute));
  const fileIndex = index % files;
  const first = new Random(seed, minute, fileIndex, 'sandbox').int(0, SANDBOXES.length - 1);
  const sandbox = SANDBOXES[(first + Math.floor(index / files)) % SANDBOXES.length] ?? SANDBOXES[0];
  const file = fileHashes(seed, minute, fileIndex);
  return { id: `${file.sha256}_${sandbox}`, sandbox, file, artifacts: artifactsOf(place) };
}

/** All four for the first record and some others, the usual two for most, none for the rest. */
function artifactsOf(place: RecordPlace): readonly BehaviourArtifact[] {
  const dice = place.index === 0 ? 1 : randomAt(place, 'artifacts').int(1, 100);
  if (dice <= 20) return ['pcap', 'html', 'evtx', 'memdump'];
  return dice <= 70 ? ['pcap', 'html'] : [];
}
