import { createHash } from 'node:crypto';

/** A repeatable stream of choices: the same parts always give the same stream (mulberry32 on a hash of them). */
export class Random {
  private state: number;

  constructor(...parts: readonly (string | number)[]) {
    this.state = createHash('sha256').update(parts.join('\n')).digest().readUInt32LE(0);
  }

  /** A whole number of 32 bits. */
  uint32(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor((this.uint32() / 2 ** 32) * (most - least + 1));
  }

  /** As {@link int}, written out. */
  digits(least: number, most: number): string {
    return String(this.int(least, most));
  }

  chance(probability: number): boolean {
    return this.uint32() < probability * 2 ** 32;
  }

  pick<const T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  /** `count` different members of `list`, or all of them, in the list's order. */
  some<T>(list: readonly T[], count: number): readonly T[] {
    let wanted = Math.min(count, list.length);
    return list.filter((_, at) => {
      const taken = this.int(1, list.length - at) <= wanted;
      if (taken) wanted--;
      return taken;
    });
  }

  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += this.uint32().toString(16).padStart(8, '0');
    return digits.slice(0, length);
  }

  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string {
    let text = '';
    while (text.length < length) text += alphabet.charAt(this.int(0, alphabet.length - 1));
    return text;
  }
}
