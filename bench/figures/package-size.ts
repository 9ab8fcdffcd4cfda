import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../measure/run-program.ts';
import type { Measurement } from '../measurement.ts';
import { measured } from '../report/measured.ts';

/** The extension as it is installed. */
export const packageSize: Measurement = {
  name: 'package',
  measure: async ({ scratch, say }) => {
    say('Packing the extension …');
    const target = join(scratch, 'vt-feeds.vsix');
    await runProgram('npm', ['run', 'package', '--', '--out', target]);
    const { size } = await stat(target);
    return [
      measured('packed extension (.vsix)', 'KB', [size / 1000], {
        target: { sense: 'atMost', bar: 1500, stretch: 500 },
      }),
    ];
  },
};
