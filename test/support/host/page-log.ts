import { createWriteStream } from 'node:fs';
import { format } from 'node:util';

const tailLines = 30;

/** Sorts what the page logs: marked lines go to standard output, the rest into a file. */
export class PageLog {
  readonly file: string;
  readonly #mark: string;
  readonly #stream;
  readonly #tail: string[] = [];
  #anyMarked = false;

  constructor(file: string, mark: string) {
    this.file = file;
    this.#mark = mark;
    this.#stream = createWriteStream(file);
  }

  /** Has the signature of VS Code's `codeAutomationLog(type, args)`. */
  readonly add = (type: string, args: readonly unknown[]): void => {
    const text = format(...args);
    if (text.startsWith(this.#mark)) {
      this.#anyMarked = true;
      console.log(text.slice(this.#mark.length));
      return;
    }
    const line = `[${type}] ${text}`;
    this.#stream.write(`${line}\n`);
    this.#tail.push(line);
    if (this.#tail.length > tailLines) this.#tail.shift();
  };

  /** Ends the file. When no test said a word, the log's last lines are all there is to explain why: prints them. */
  end(failed: boolean): void {
    this.#stream.end();
    if (failed && !this.#anyMarked) console.error(`${this.#tail.join('\n')}\nThe whole log: ${this.file}`);
  }
}
