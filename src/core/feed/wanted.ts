/** Which parts of a JSON value are lifted out of its bytes; everything else is only checked and passed over. */
export type Wanted =
  /** A text, a number, true, false or null. */
  | { readonly kind: 'scalar' }
  /** How many items a list has, and none of them. */
  | { readonly kind: 'length' }
  /** The first items of a list. */
  | { readonly kind: 'items'; readonly item: Wanted; readonly limit: number }
  /** Some members of an object. */
  | { readonly kind: 'members'; readonly members: readonly WantedMember[] };

export interface WantedMember {
  readonly name: string;
  /** The name in UTF-8, as a key that needs no escapes is written. */
  readonly bytes: Buffer;
  readonly value: Wanted;
}

export const SCALAR: Wanted = { kind: 'scalar' };
export const LENGTH: Wanted = { kind: 'length' };

export function items(item: Wanted, limit: number): Wanted {
  return { kind: 'items', item, limit };
}

export function members(values: Readonly<Record<string, Wanted>>): Wanted {
  return {
    kind: 'members',
    members: Object.entries(values).map(([name, value]) => ({ name, bytes: Buffer.from(name), value })),
  };
}
