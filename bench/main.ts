// Measures what docs/performance.md tells: `npm run bench`.
//   --quick          scaled batches, within a minute; what takes longer is left out and named
//   --only NAME      one measurement; may be repeated
//   --json FILE      the figures for programs
//   --markdown FILE  the figures between the marks of a document
import { writeFile } from 'node:fs/promises';
import { parseOptions } from './options.ts';
import { measurements } from './measurements.ts';
import { runBench } from './run-bench.ts';
import { toJson } from './report/json.ts';
import { reportText } from './report/report-text.ts';
import { writeBetweenMarks } from './report/markdown.ts';
import { FULL, QUICK } from './scale.ts';

const options = parseOptions(
  process.argv.slice(2),
  measurements.map(({ name }) => name),
);
const wanted = measurements.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
const outcome = await runBench(options.quick ? QUICK : FULL, wanted, (text) => {
  console.error(text);
});
const text = reportText(outcome);
console.log(text);
if (options.json !== undefined) await writeFile(options.json, toJson(outcome.figures));
if (options.markdown !== undefined) await writeBetweenMarks(options.markdown, text);
