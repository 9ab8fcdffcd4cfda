/** Bytes in millions: the MB of every figure. */
export function megabytes(bytes: number): number {
  return bytes / 1e6;
}

export function sizeText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${megabytes(bytes).toFixed(0)} MB`;
}
