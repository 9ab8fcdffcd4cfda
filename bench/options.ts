import { parseArgs } from 'node:util';

/** What `npm run bench --` was asked for. */
export interface BenchOptions {
  readonly quick: boolean;
  /** Files to write; undefined: none. */
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  /** Names of the measurements to take; empty: all. */
  readonly only: readonly string[];
}

/** Reads the arguments. Fails on one that is not known, and on a measurement that is none of `names`. */
export function parseOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const unknown = values.only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no measurement "${unknown}". There are: ${names.join(', ')}.`);
  return { quick: values.quick, json: values.json, markdown: values.markdown, only: values.only };
}
