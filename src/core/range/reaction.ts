import type { ErrorCode } from '../common/errors.ts';

/**
 * What a failed download means for the range or the follow it is of.
 * - `missing`: there is no batch.
 * - `later`: there is one soon.
 * - `wait`: nothing can be had before a certain time.
 * - `unreachable`: the way to the service is gone, for every download alike.
 * - `unwritable`: the store takes nothing, for every download alike.
 * - `trouble`: the service failed to answer; the next download may fare better.
 * - `refused`: the key or its licence; only a person can change it.
 * - `cancelled`: somebody else ended this download.
 * - `failed`: this one could not be had; others may.
 */
export type Reaction =
  | 'missing'
  | 'later'
  | 'wait'
  | 'unreachable'
  | 'unwritable'
  | 'trouble'
  | 'refused'
  | 'cancelled'
  | 'failed';

export function reactionTo(code: ErrorCode): Reaction {
  switch (code) {
    case 'missingBatch':
    case 'missingInARow':
      return 'missing';
    case 'notAvailableYet':
      return 'later';
    case 'quotaExceeded':
      return 'wait';
    case 'offline':
    case 'proxy':
    case 'tls':
      return 'unreachable';
    case 'diskFull':
    case 'disk':
      return 'unwritable';
    case 'server':
    case 'timeout':
      return 'trouble';
    case 'noApiKey':
    case 'wrongApiKey':
    case 'noLicence':
      return 'refused';
    case 'cancelled':
    case 'otherSource':
      return 'cancelled';
    default:
      return 'failed';
  }
}
