import { join } from 'node:path';
import { repoRoot } from '../test/support/host/paths.ts';

/** Where everything the bench makes lies; git-ignored, safe to delete. */
export const benchFolder = join(repoRoot, '.bench');

/** What ships, as `npm run build` leaves it. */
export const buildFolder = join(repoRoot, 'dist');
