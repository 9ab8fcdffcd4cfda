import { reaches } from './figure.ts';
import type { Figure, Target } from './figure.ts';
import { numberText } from './number-text.ts';

/** A column: its head, and what stands in it for a figure. */
type Column = readonly [head: string, cell: (figure: Figure) => string];

const PLAIN: readonly Column[] = [
  ['figure', ({ name }) => name],
  ['measured', ({ value, unit }) => (value === null ? '–' : `${numberText(value)} ${unit}`)],
  [
    'least – most',
    ({ spread }) => (spread === undefined ? '' : `${numberText(spread.least)} – ${numberText(spread.most)}`),
  ],
  ['against', ({ rival }) => rival?.replaceAll('|', '\\|') ?? ''],
];
const BARRED: readonly Column[] = [
  ...PLAIN,
  ['bar', ({ target }) => limitText(target, target?.bar)],
  ['stretch', ({ target }) => limitText(target, target?.stretch)],
  ['', verdict],
];

/** A table of figures that have bars, in Markdown that can be read as it is. */
export function tableOfBars(figures: readonly Figure[]): string {
  return table(BARRED, figures);
}

/** A table of figures that are told for their own sake. */
export function plainTable(figures: readonly Figure[]): string {
  return table(PLAIN, figures);
}

function table(columns: readonly Column[], figures: readonly Figure[]): string {
  const cells = columns.map(([head, cell]) => {
    const texts = [head, ...figures.map(cell)];
    const width = Math.max(3, ...texts.map((text) => text.length));
    return [head, '-'.repeat(width), ...texts.slice(1)].map((text) => text.padEnd(width));
  });
  return Array.from(
    { length: figures.length + 2 },
    (_, row) => `| ${cells.map((column) => column[row]).join(' | ')} |`,
  ).join('\n');
}

function limitText(target: Target | undefined, limit: number | undefined): string {
  if (target === undefined || limit === undefined) return '';
  return `${target.sense === 'atLeast' ? '≥' : '≤'} ${String(limit)}`;
}

function verdict({ value, target }: Figure): string {
  if (target === undefined) return '';
  if (value === null) return 'not measured';
  if (target.stretch !== undefined && reaches(value, target.stretch, target.sense)) return 'stretch met';
  return reaches(value, target.bar, target.sense) ? 'met' : 'missed';
}
