import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** Puts `text` in the place of what stands between the marks of a document. Fails where they are not there. */
export async function writeBetweenMarks(path: string, text: string): Promise<void> {
  const document = await readFile(path, 'utf8');
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`${path} has no place between ${BEGIN} and ${END}.`);
  const filled = `${document.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${document.slice(end)}`;
  const style = await resolveConfig(path);
  await writeFile(path, await format(filled, { ...style, parser: 'markdown' }));
}
