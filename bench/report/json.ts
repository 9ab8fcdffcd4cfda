import { isMet } from './figure.ts';
import type { Figure } from './figure.ts';

/** The figures for programs: `[{"name","value","unit","rival","bar","stretch","met"}]`. */
export function toJson(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => ({
    name: figure.name,
    value: figure.value,
    unit: figure.unit,
    rival: figure.rival,
    bar: figure.target?.bar ?? null,
    stretch: figure.target?.stretch ?? null,
    met: isMet(figure),
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
