import { CLOSE_LIST, CLOSE_OBJECT, COMMA, JsonBytes, OPEN_LIST, OPEN_OBJECT } from './json-bytes.ts';
import { BACKSLASH, QUOTE } from './json-string.ts';
import { parseJson } from './json.ts';
import type { Json } from './json.ts';
import { NotJson } from './not-json.ts';
import type { Wanted, WantedMember } from './wanted.ts';

/**
 * What `JSON.parse` makes of the bytes (UTF-8), with only the wanted parts in it; undefined exactly where it would
 * throw. Where a value is of another kind than the wanted one, null stands for it. Of members that come twice the
 * last counts. Memory grows with what is wanted, not with the bytes; nesting of any depth is read.
 */
export function liftJson(bytes: Buffer, wanted: Wanted): Json | undefined {
  try {
    return new Lifter(bytes).whole(wanted);
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class Lifter {
  private readonly json: JsonBytes;
  private at = 0;

  constructor(private readonly bytes: Buffer) {
    this.json = new JsonBytes(bytes);
  }

  whole(wanted: Wanted): Json {
    const value = this.value(wanted);
    if (this.json.endOfBlanks(this.at) < this.bytes.length) throw new NotJson();
    return value;
  }

  /** Lifts the value that comes next, in as many nested calls as `wanted` is deep. */
  private value(wanted: Wanted): Json {
    this.at = this.json.endOfBlanks(this.at);
    const first = this.bytes[this.at];
    switch (wanted.kind) {
      case 'members':
        return first === OPEN_OBJECT ? this.members(wanted.members) : this.pass();
      case 'items':
        return first === OPEN_LIST ? this.items(wanted.item, wanted.limit) : this.pass();
      case 'length':
        return first === OPEN_LIST ? this.length() : this.pass();
      case 'scalar':
        return first === OPEN_OBJECT || first === OPEN_LIST ? this.pass() : this.scalar(first === QUOTE);
    }
  }

  private pass(): null {
    this.at = this.json.endOfValue(this.at);
    return null;
  }

  private scalar(isText: boolean): Json {
    const start = this.at;
    const end = this.json.endOfValue(start);
    this.at = end;
    return isText && !this.isEscaped(start, end)
      ? this.bytes.toString('utf8', start + 1, end - 1)
      : this.parsed(start, end);
  }

  private members(wanted: readonly WantedMember[]): Json {
    const found: Record<string, Json> = {};
    for (let more = this.enter(CLOSE_OBJECT); more; more = this.next(CLOSE_OBJECT)) {
      const member = this.member(wanted);
      if (member === undefined) this.pass();
      else found[member.name] = this.value(member.value);
    }
    return found;
  }

  private items(item: Wanted, limit: number): Json {
    const found: Json[] = [];
    for (let more = this.enter(CLOSE_LIST); more; more = this.next(CLOSE_LIST)) {
      if (found.length < limit) found.push(this.value(item));
      else this.pass();
    }
    return found;
  }

  private length(): Json {
    let length = 0;
    for (let more = this.enter(CLOSE_LIST); more; more = this.next(CLOSE_LIST)) {
      this.pass();
      length++;
    }
    const list: Json[] = [];
    // A list with its last place taken has that length, without memory for the places before.
    if (length > 0) list[length - 1] = null;
    return list;
  }

  /** Reads a key and its colon; gives the wanted member of that name, however the key is written. */
  private member(wanted: readonly WantedMember[]): WantedMember | undefined {
    const start = this.json.endOfBlanks(this.at);
    const end = this.json.endOfString(start);
    this.at = this.json.endOfColon(end);
    if (!this.isEscaped(start, end)) return wanted.find(({ bytes }) => this.isAt(bytes, start + 1, end - 1));
    const name = this.parsed(start, end);
    return wanted.find((member) => member.name === name);
  }

  private isAt(name: Buffer, start: number, end: number): boolean {
    if (name.length !== end - start) return false;
    for (let at = 0; at < name.length; at++) if (name[at] !== this.bytes[start + at]) return false;
    return true;
  }

  private isEscaped(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.bytes[at] === BACKSLASH) return true;
    return false;
  }

  private parsed(start: number, end: number): Json {
    return parseJson(this.bytes.toString('utf8', start, end)) ?? null;
  }

  /** Steps into the container here; tells whether anything is in it. */
  private enter(closer: number): boolean {
    this.at = this.json.endOfBlanks(this.at + 1);
    if (this.bytes[this.at] !== closer) return true;
    this.at++;
    return false;
  }

  /** Steps over what stands behind a member or an item; tells whether another one comes. */
  private next(closer: number): boolean {
    this.at = this.json.endOfBlanks(this.at);
    const byte = this.bytes[this.at++];
    if (byte !== COMMA && byte !== closer) throw new NotJson();
    return byte === COMMA;
  }
}
