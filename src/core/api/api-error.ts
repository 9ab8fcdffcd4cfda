import type { Readable } from 'node:stream';
import { sanitizeForUi } from '../common/sanitize.ts';

/** The API's error envelope, `{"error":{"code","message"}}`; both texts safe to show, empty when there were none. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
}

/** Long enough to be an artifact token, and of its letters. */
const LONG_WORD = /[A-Za-z0-9_-]{100,}/gu;
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_MS = 10_000;

/**
 * Reads an error body, up to 64 KB and for at most `limitMs`, and closes it; whatever it holds, this does not fail.
 * `conceal` takes out of its texts what nobody may see.
 */
export async function readApiError(
  body: Readable,
  conceal: (text: string) => string,
  limitMs = MAX_ERROR_MS,
): Promise<ApiError> {
  const chunks: Buffer[] = [];
  let size = 0;
  const late = setTimeout(() => body.destroy(), limitMs);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_ERROR_BYTES) break;
    }
  } catch {
    return { code: '', message: '' };
  } finally {
    clearTimeout(late);
  }
  return parseApiError(Buffer.concat(chunks).toString('utf8'), conceal);
}

function parseApiError(text: string, conceal: (text: string) => string): ApiError {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch {
    return { code: '', message: '' };
  }
  const error = isObject(envelope) && isObject(envelope.error) ? envelope.error : {};
  const field = (name: string): string => {
    const value = error[name];
    return typeof value === 'string' ? sanitizeForUi(conceal(value).replace(LONG_WORD, withoutToken)) : '';
  };
  return { code: field('code'), message: field('message') };
}

/** A token is base64url of `<id>||v3||…`, see `feed/artifact-link.ts`. */
function withoutToken(word: string): string {
  return Buffer.from(word, 'base64url').includes('||v') ? '<token>' : word;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
