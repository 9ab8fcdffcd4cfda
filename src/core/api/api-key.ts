import { VtFeedsError } from '../common/errors.ts';

/** 64 hexadecimal digits in lower case. */
export type ApiKey = string & { readonly apiKey: true };

/** Reads a key as typed or pasted; undefined when it cannot be one. */
export function parseApiKey(text: string): ApiKey | undefined {
  const trimmed = text.trim().toLowerCase();
  return /^[0-9a-f]{64}$/u.test(trimmed) ? (trimmed as ApiKey) : undefined;
}

/** What is wrong with the form of a key, in a sentence; undefined when nothing is. */
export function apiKeyProblem(text: string): string | undefined {
  if (parseApiKey(text) !== undefined) return undefined;
  const { length } = text.trim();
  if (length === 0) return 'Paste the API key of your VirusTotal account.';
  return length === 64
    ? 'An API key has only the digits 0–9 and a–f.'
    : `An API key has 64 hexadecimal digits; this one has ${String(length)} characters.`;
}

export function noApiKey(): VtFeedsError {
  return new VtFeedsError(
    'noApiKey',
    'No VirusTotal API key is set. Set the key of an account with a feeds licence, or try the sample feeds.',
  );
}
