import type { Json } from '../../src/core/feed/json.ts';
import { parseJson } from '../../src/core/feed/json.ts';
import type { Wanted } from '../../src/core/feed/wanted.ts';

/** The reference for `liftJson`: parses the whole, then picks what is wanted. */
export function pickJson(bytes: Buffer, wanted: Wanted): Json | undefined {
  const json = parseJson(bytes.toString('utf8'));
  return json === undefined ? undefined : pick(json, wanted);
}

function pick(json: Json, wanted: Wanted): Json {
  const isContainer = typeof json === 'object' && json !== null;
  if (wanted.kind === 'scalar') return isContainer ? null : json;
  if (!isContainer) return null;
  if (Array.isArray(json)) {
    const list = json as readonly Json[];
    if (wanted.kind === 'items') return list.slice(0, wanted.limit).map((item) => pick(item, wanted.item));
    return wanted.kind === 'length' ? emptyList(list.length) : null;
  }
  if (wanted.kind !== 'members') return null;
  const object = json as Readonly<Record<string, Json>>;
  const found = wanted.members.flatMap(({ name, value }) => {
    const member = Object.hasOwn(object, name) ? object[name] : undefined;
    return member === undefined ? [] : [[name, pick(member, value)] as const];
  });
  return Object.fromEntries(found);
}

/** Only its length counts. */
function emptyList(length: number): Json {
  const list: Json[] = [];
  if (length > 0) list[length - 1] = null;
  return list;
}
