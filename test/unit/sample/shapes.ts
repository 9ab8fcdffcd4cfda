import { readFileSync } from 'node:fs';

/** What real records of a feed look like: for each path its types and how many of the records had it. */
export interface Shapes {
  readonly records: number;
  readonly paths: ReadonlyMap<string, { readonly types: ReadonlySet<string>; readonly presentIn: number }>;
}

export function readShapes(file: URL, feed: string): Shapes {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([name]) => name === feed);
  const paths = rows.map(([, , path = '', types = '', present = '']) => {
    return [path, { types: new Set(types.split('|')), presentIn: Number(present) }] as const;
  });
  return { records: Number(rows[0]?.[1]), paths: new Map(paths) };
}

/** Every path of a record with its type, keys that vary written `<key>` where the shapes do. */
export function pathsOf(record: unknown, { paths }: Shapes): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const visit = (value: unknown, path: string, depth: number): void => {
    // The list of real paths ends at this depth.
    if (depth > 5) return;
    const types = found.get(path) ?? new Set();
    found.set(path, types.add(typeOf(value)));
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`, depth);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const own = `${path}.${key}`;
        visit(inner, paths.has(own) ? own : paths.has(`${path}.<key>`) ? `${path}.<key>` : own, depth + 1);
      }
    }
  };
  visit(record, '$', 0);
  return found;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
