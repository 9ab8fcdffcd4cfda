import { codeLengths } from './code-lengths.ts';

/** Symbols that share one choice of table. */
export const GROUP_SIZE = 50;

const ROUNDS = 3;

export interface CodeTables {
  /** Code lengths by symbol, two to six tables. */
  readonly tables: readonly Uint8Array[];
  /** The table of each group. */
  readonly selectors: Uint8Array;
}

/** Chooses the tables: starts from a split by frequency, then lets each group take the cheapest, as bzip2 does. */
export function chooseTables(symbols: Uint16Array, alphabet: number): CodeTables {
  let tables = firstTables(symbols, alphabet);
  const selectors = new Uint8Array(Math.ceil(symbols.length / GROUP_SIZE));
  for (let round = 0; round < ROUNDS; round++) {
    const frequencies = tables.map(() => new Int32Array(alphabet));
    selectors.forEach((_, group) => {
      const members = symbols.subarray(group * GROUP_SIZE, (group + 1) * GROUP_SIZE);
      const choice = cheapest(tables, members);
      selectors[group] = choice;
      count(members, frequencies[choice]);
    });
    tables = frequencies.map(codeLengths);
  }
  return { tables, selectors };
}

function cheapest(tables: readonly Uint8Array[], members: Uint16Array): number {
  let best = 0;
  let least = Infinity;
  tables.forEach((lengths, table) => {
    let bits = 0;
    for (const symbol of members) bits += lengths[symbol] ?? 0;
    if (bits < least) {
      least = bits;
      best = table;
    }
  });
  return best;
}

/** One table for each stretch of the alphabet that holds an equal share of the symbols. */
function firstTables(symbols: Uint16Array, alphabet: number): readonly Uint8Array[] {
  const frequencies = new Int32Array(alphabet);
  count(symbols, frequencies);
  const number = tableCount(symbols.length);
  let symbol = 0;
  let left = symbols.length;
  return Array.from({ length: number }, (_, table) => {
    const share = left / (number - table);
    const first = symbol;
    for (let held = 0; symbol < alphabet && held < share; symbol++) {
      held += frequencies[symbol] ?? 0;
      left -= frequencies[symbol] ?? 0;
    }
    const last = symbol;
    return Uint8Array.from({ length: alphabet }, (_, at) => (at >= first && at < last ? 0 : 15));
  });
}

/** As many tables as bzip2 takes for a block of this many symbols. */
function tableCount(symbols: number): number {
  const steps = [200, 600, 1200, 2400];
  return 2 + steps.filter((step) => symbols >= step).length;
}

function count(members: Uint16Array, frequencies: Int32Array | undefined): void {
  if (frequencies === undefined) return;
  for (const symbol of members) frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
}
