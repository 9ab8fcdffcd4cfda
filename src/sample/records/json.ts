/** What a record is made of. A key whose value is undefined is not written. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** One line of a batch, with the top-level keys in the order real records have them. */
export interface FeedRecord {
  readonly attributes: JsonObject;
  readonly context_attributes: JsonObject | undefined;
  readonly id: string;
  readonly links: { readonly self: string };
  readonly relationships: JsonObject | undefined;
  readonly type: string;
}
