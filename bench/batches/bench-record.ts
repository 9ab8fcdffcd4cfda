import type { Minute } from '../../src/core/feed/slot.ts';
import { fileRecord } from '../../src/sample/files/file-record.ts';
import type { FeedRecord, JsonObject } from '../../src/sample/records/json.ts';
import type { Random } from '../../src/sample/records/random.ts';
import { randomAt } from '../../src/sample/records/record-place.ts';
import { repeat } from '../../src/sample/records/relationships.ts';

const SEED = 1;
const FOLDERS = [
  'C:\\Users\\user\\AppData\\Local\\Temp',
  'C:\\Windows\\System32',
  'C:\\ProgramData',
] as const;

/**
 * A record of the files feed, as large as real ones are and no easier to pack. The synthetic ones are of 21 KB and
 * pack to a tenth; real ones to a fifth, for they hold more that is told only once: hashes, names and numbers.
 */
export function benchRecord(minute: Minute, index: number): FeedRecord {
  const place = { seed: SEED, feed: 'files', minute, index } as const;
  const random = randomAt(place, 'bench');
  const { attributes, ...record } = fileRecord(place);
  return {
    attributes: {
      ...attributes,
      embedded_files: repeat(random.int(10, 110), () => embeddedFile(random)),
      sigma_analysis_results: repeat(random.int(2, 14), () => sigmaMatch(random)),
    },
    ...record,
  };
}

function embeddedFile(random: Random): JsonObject {
  return {
    chi2: random.int(1000, 9_000_000) / 100,
    entropy: random.int(0, 799_999) / 100_000,
    sha256: random.hex(64),
    size: random.int(200, 4_000_000),
  };
}

function sigmaMatch(random: Random): JsonObject {
  const image = `${random.pick(FOLDERS)}\\${random.hex(random.int(6, 12))}.exe`;
  return {
    match_context: repeat(random.int(1, 4), () => ({
      values: {
        CommandLine: `"${image}" /${random.hex(4)} ${random.hex(random.int(8, 40))}`,
        EventID: random.digits(1, 25),
        Image: image,
        ProcessGuid: `{${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}}`,
      },
    })),
    rule_id: random.hex(64),
    rule_level: random.pick(['low', 'medium', 'high']),
  };
}
