/** Everything that can go wrong, by name. Callers branch on the code, never on a message. */
export const ERROR_CODES = [
  'cancelled',
  'invalidArgument',
  'noApiKey',
  'wrongApiKey',
  'noLicence',
  'notAvailableYet',
  'tooOld',
  'missingBatch',
  'missingInARow',
  'quotaExceeded',
  'linkExpired',
  'notFound',
  'offline',
  'proxy',
  'tls',
  'timeout',
  'server',
  'protocol',
  'redirectRefused',
  'emptyBody',
  'cutShort',
  'notBzip2',
  'corrupt',
  'tooLarge',
  'diskFull',
  'disk',
  'storeFull',
  'notStored',
  'otherSource',
  'hashMismatch',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts a caller may act on; all of them survive the way from a worker thread. */
export interface ErrorFacts {
  /** HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** When it is worth trying again, Unix milliseconds. */
  readonly retryAt?: number;
  /** The batch it is about, as its `batchKey`. */
  readonly batch?: string;
  /** What the service itself said, already made safe to show. */
  readonly serviceMessage?: string;
}

/**
 * The one error family. The message is a sentence for a person: what happened, then what to do.
 * It never holds the key, a token or a signed link.
 */
export class VtFeedsError extends Error {
  override readonly name = 'VtFeedsError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly facts: ErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function hasCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof VtFeedsError && error.code === code;
}

/** The `code` of a Node.js system error (`ENOSPC`, `ECONNREFUSED` …), its own or its cause's. */
export function systemCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    const inner = at instanceof AggregateError ? (at.errors[0] as unknown) : undefined;
    if (inner !== undefined) return systemCode(inner);
  }
  return undefined;
}

/** Wraps whatever was thrown, so that every handler sees one family. */
export function toVtFeedsError(error: unknown): VtFeedsError {
  if (error instanceof VtFeedsError) return error;
  if (isAbort(error)) return cancelled();
  // A stream that fails while it is being ended for another reason: the first reason counts.
  if (error instanceof AggregateError) {
    const known = error.errors.find((one) => one instanceof VtFeedsError || isAbort(one)) as unknown;
    if (known !== undefined) return toVtFeedsError(known);
  }
  const what = error instanceof Error ? error.message : String(error);
  return new VtFeedsError(
    'internal',
    `Something unexpected happened: ${what}. The log has the details.`,
    {},
    { cause: error },
  );
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || systemCode(error) === 'ABORT_ERR');
}

export function cancelled(): VtFeedsError {
  return new VtFeedsError('cancelled', 'Cancelled.');
}
