import { VtFeedsError } from '../../core/common/errors.ts';
import { sanitizeForUi } from '../../core/common/sanitize.ts';
import { ARTIFACT_KINDS, isArtifactKind } from '../../core/feed/artifact.ts';
import type { ArtifactKind } from '../../core/feed/artifact.ts';
import { FEEDS, isFeed } from '../../core/feed/feed.ts';
import type { Feed } from '../../core/feed/feed.ts';
import { dayOf, isMinute, parseSlot } from '../../core/feed/slot.ts';
import type { Day, Minute, Slot } from '../../core/feed/slot.ts';

/** What a command was told; what is missing is asked for, what is there has been checked. */
export interface CommandArguments {
  readonly feed?: Feed;
  readonly slot?: Slot;
  readonly from?: Slot;
  readonly to?: Slot;
  readonly id?: string;
  readonly kind?: ArtifactKind;
  readonly rendering?: 'summary' | 'full';
  readonly target?: string;
}

const MAX_ID = 4096;
const SLOT_FORM = 'YYYYMMDDhhmm or YYYYMMDDhh';

/**
 * Reads a command's argument, `{feed, time, from, to, id, kind, rendering, target}` with any of them left out; a tree
 * node is one too. Fails with `invalidArgument` on a value that is none of its kind: anyone may call.
 */
export function parseArguments(argument: unknown): CommandArguments {
  if (argument === undefined || argument === null) return {};
  if (typeof argument !== 'object') throw invalid('argument', argument, 'an object');
  const { feed, time, from, to, id, kind, rendering, target } = argument as Readonly<Record<string, unknown>>;
  return {
    ...given('feed', feed, isFeed(feed) ? feed : undefined, FEEDS.join(', ')),
    ...given('slot', time, slotOf(time), SLOT_FORM),
    ...given('from', from, slotOf(from), SLOT_FORM),
    ...given('to', to, slotOf(to), SLOT_FORM),
    ...given(
      'id',
      id,
      typeof id === 'string' && id !== '' && id.length <= MAX_ID ? id : undefined,
      "a record's id",
    ),
    ...given('kind', kind, isArtifactKind(kind) ? kind : undefined, ARTIFACT_KINDS.join(', ')),
    ...given(
      'rendering',
      rendering,
      rendering === 'summary' || rendering === 'full' ? rendering : undefined,
      'summary, full',
    ),
    ...given('target', target, targetPath(target), 'an absolute path or a file URI'),
  };
}

/** The day of `{day}`, `YYYYMMDD`. Fails with `invalidArgument`. */
export function parseDay(argument: unknown): Day {
  const day = (argument as { readonly day?: unknown } | null | undefined)?.day;
  const slot = typeof day === 'string' && day.length === 8 ? parseSlot(`${day}00`) : undefined;
  if (slot === undefined) throw invalid('day', day, 'YYYYMMDD');
  return dayOf(slot);
}

/** The slot as a minute. Fails with `invalidArgument` for an hour. */
export function minuteOnly(slot: Slot): Minute {
  if (!isMinute(slot)) throw invalid('time', slot, 'a minute, YYYYMMDDhhmm: records belong to minutes');
  return slot;
}

function given<K extends keyof CommandArguments>(
  name: K,
  value: unknown,
  read: CommandArguments[K],
  expected: string,
): Pick<CommandArguments, K> | Record<string, never> {
  if (value === undefined) return {};
  if (read === undefined) throw invalid(name === 'slot' ? 'time' : name, value, expected);
  return { [name]: read } as Pick<CommandArguments, K>;
}

function slotOf(value: unknown): Slot | undefined {
  return typeof value === 'string' ? parseSlot(value) : undefined;
}

function targetPath(target: unknown): string | undefined {
  if (typeof target === 'string') return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/u.test(target) ? target : undefined;
  const uri = target as { readonly scheme?: unknown; readonly fsPath?: unknown } | null | undefined;
  return uri?.scheme === 'file' && typeof uri.fsPath === 'string' ? uri.fsPath : undefined;
}

function invalid(name: string, value: unknown, expected: string): VtFeedsError {
  const shown = sanitizeForUi(typeof value === 'string' ? `"${value}"` : typeof value, 60);
  return new VtFeedsError('invalidArgument', `${name} cannot be ${shown}. It takes ${expected}.`);
}
