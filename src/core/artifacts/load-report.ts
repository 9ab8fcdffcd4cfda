import { readFile, stat } from 'node:fs/promises';
import { VtFeedsError } from '../common/errors.ts';
import { onDisk } from '../common/disk-error.ts';
import { inertHtml } from './inert-html.ts';

const MAX_REPORT_BYTES = 32 * 1024 * 1024;

/** Reads a saved HTML report, made inert. Fails with `tooLarge` above 32 MB, which no webview shows in time. */
export async function loadReport(path: string): Promise<string> {
  const { size } = await onDisk(() => stat(path));
  if (size > MAX_REPORT_BYTES) {
    throw new VtFeedsError(
      'tooLarge',
      'This HTML report is larger than 32 MB and is not shown. It stays on disk.',
    );
  }
  const report = await onDisk(() => readFile(path, 'utf8'));
  try {
    return inertHtml(report);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new VtFeedsError(
      'tooLarge',
      'This HTML report is nested too deeply and is not shown. It stays on disk.',
    );
  }
}
