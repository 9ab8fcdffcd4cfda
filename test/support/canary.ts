import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { parseApiKey } from '../../src/core/api/api-key.ts';
import type { ApiKey } from '../../src/core/api/api-key.ts';

const key = parseApiKey('ca9a21'.repeat(11).slice(0, 64));
if (key === undefined) throw new Error('the canary is no key');

/** A key that is looked for wherever it must not be. */
export const CANARY_KEY: ApiKey = key;

/** Fails when the key, in either case, or half of it is anywhere in `value`: texts, stacks, causes, buffers. */
export function assertNoKey(value: unknown): void {
  const text = inspect(value, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null });
  assert.ok(!text.toLowerCase().includes(CANARY_KEY.slice(0, 32)), `the key is in ${text.slice(0, 2000)}`);
}
