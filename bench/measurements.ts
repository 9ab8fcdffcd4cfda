import { decode } from './figures/decode.ts';
import { hour } from './figures/hour.ts';
import { packageSize } from './figures/package-size.ts';
import { store } from './figures/store.ts';
import { vscodeHost } from './figures/vscode-host.ts';
import { wholeWay } from './figures/whole-way.ts';
import type { Measurement } from './measurement.ts';

/** Everything that is measured, in the order of the bars. */
export const measurements: readonly Measurement[] = [decode, wholeWay, hour, store, vscodeHost, packageSize];
