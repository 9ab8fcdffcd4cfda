import { ERROR_CODES } from '../common/errors.ts';
import { isFeed } from '../feed/feed.ts';
import { listAt, numberAt, textAt, textsAt, jsonAt } from '../feed/json.ts';
import type { Json } from '../feed/json.ts';
import { isMinute, parseSlot } from '../feed/slot.ts';
import type { Minute } from '../feed/slot.ts';
import type { FailureGroup } from './failures.ts';
import { Ledger } from './ledger.ts';
import type { Problem } from './problem.ts';
import type { RangePhase } from './range-phase.ts';
import type { RangeRequest } from './range-request.ts';

/** Everything there is to know of a range: what is written down between two starts of VS Code. */
export interface RangeRecord {
  readonly kind: 'range';
  readonly id: string;
  readonly request: RangeRequest;
  readonly phase: RangePhase;
  /** Whether it was found out what the store had before: what comes from then on is the range's own. */
  readonly isBegun: boolean;
  /** As {@link Ledger} writes it. */
  readonly ledger: string;
  readonly failures: readonly FailureGroup[];
  /** Of all its minutes that are in the store. */
  readonly records: number;
  /** Their size on disk. */
  readonly bytes: number;
  /** How long it ran, pauses left out. */
  readonly milliseconds: number;
}

/** The same request is the same range, in every window. */
export function rangeId({ feed, from, to }: RangeRequest): string {
  return `range-${feed}-${from}-${to}`;
}

export function newRange(request: RangeRequest): RangeRecord {
  const id = rangeId(request);
  const ledger = Ledger.blank(request).toString();
  return {
    kind: 'range',
    id,
    request,
    phase: { phase: 'running' },
    isBegun: false,
    ledger,
    failures: [],
    records: 0,
    bytes: 0,
    milliseconds: 0,
  };
}

/** Reads a range that was written down; undefined for anything else. */
export function parseRange(id: string, json: Json | undefined): RangeRecord | undefined {
  const feed = jsonAt(json, 'request', 'feed');
  const from = minuteFrom(textAt(json, 'request', 'from'));
  const to = minuteFrom(textAt(json, 'request', 'to'));
  const phase = parsePhase(jsonAt(json, 'phase'));
  if (textAt(json, 'kind') !== 'range' || !isFeed(feed) || from === undefined || to === undefined)
    return undefined;
  const request = { feed, from, to };
  const ledger = textAt(json, 'ledger') ?? '';
  if (
    from > to ||
    id !== rangeId(request) ||
    phase === undefined ||
    Ledger.parse(request, ledger) === undefined
  )
    return undefined;
  return {
    kind: 'range',
    id,
    request,
    phase,
    isBegun: jsonAt(json, 'isBegun') === true,
    ledger,
    failures: listAt(json, 'failures').map(parseFailures),
    records: numberAt(json, 'records') ?? 0,
    bytes: numberAt(json, 'bytes') ?? 0,
    milliseconds: numberAt(json, 'milliseconds') ?? 0,
  };
}

/** A minute in the API's spelling; undefined for anything else. */
export function minuteFrom(text: string | undefined): Minute | undefined {
  const slot = parseSlot(text ?? '');
  return slot !== undefined && isMinute(slot) ? slot : undefined;
}

export function parseProblem(json: Json | undefined): Problem | undefined {
  const code = ERROR_CODES.find((known) => known === textAt(json, 'code'));
  const sentence = textAt(json, 'sentence');
  return code === undefined || sentence === undefined ? undefined : { code, sentence };
}

function parsePhase(json: Json | undefined): RangePhase | undefined {
  const problem = parseProblem(jsonAt(json, 'problem'));
  const because = problem === undefined ? {} : { problem };
  switch (textAt(json, 'phase')) {
    case 'running':
      return { phase: 'running' };
    case 'waiting':
      return problem === undefined
        ? { phase: 'running' }
        : { phase: 'waiting', until: numberAt(json, 'until') ?? 0, problem };
    case 'paused':
      return { phase: 'paused', ...because };
    case 'finished':
      return { phase: 'finished', ...because };
    default:
      return undefined;
  }
}

function parseFailures(json: Json): FailureGroup {
  const minutes = textsAt(json, 'minutes').flatMap((text) => minuteFrom(text) ?? []);
  return { sentence: textAt(json, 'sentence') ?? '', minutes };
}
