/** Three significant digits, at most three after the point, and never fewer than the whole number has. */
export function numberText(value: number): string {
  const digits = value === 0 ? 0 : 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(3, Math.max(0, digits)));
}
