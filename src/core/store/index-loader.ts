import { factsOf } from '../feed/record-facts.ts';
import { writeFileAtomically } from './atomic-file.ts';
import type { BatchFile } from './batch-file.ts';
import { BatchIndex } from './batch-index.ts';
import { fileSource, memorySource } from './byte-source.ts';
import { INDEX_HEAD_BYTES, isNewerIndex } from './index-header.ts';
import { IndexBuilder } from './index-builder.ts';
import { linesOf } from './line-frames.ts';

/** Gets the index of a batch: from beside it, or, where that is gone or damaged, from the batch itself. */
export class IndexLoader {
  /** `path` is that of the index. */
  constructor(
    private readonly file: BatchFile,
    private readonly path: string,
  ) {}

  async load(): Promise<BatchIndex> {
    const { files, codec } = this.file.parts;
    const source = fileSource(files, this.path);
    const index = await BatchIndex.open(source, codec, this.file.seal).catch(() => undefined);
    return index ?? this.rebuild();
  }

  /**
   * Makes the index anew, a frame at a time. It is kept beside the batch for the next one; a disk that is full or may
   * not be written, or an index of a newer VS Code which is left alone, only mean that it is made again another time.
   */
  async rebuild(): Promise<BatchIndex> {
    const { files, codec } = this.file.parts;
    const bytes = await this.build();
    if (!(await this.isNewer())) await writeFileAtomically(this.path, bytes, files).catch(() => undefined);
    const index = await BatchIndex.open(memorySource(bytes), codec, this.file.seal);
    if (index === undefined) throw new Error('the index just made cannot be read');
    return index;
  }

  private async build(): Promise<Buffer> {
    const { codec, id } = this.file.parts;
    const builder = new IndexBuilder(codec);
    for await (const plain of this.file.plainFrames()) {
      for (const line of linesOf(plain)) builder.add(line.length, factsOf(id.feed, line));
      builder.endFrame();
    }
    return builder.build(this.file.seal);
  }

  private async isNewer(): Promise<boolean> {
    const head = fileSource(this.file.parts.files, this.path).read(0, INDEX_HEAD_BYTES);
    return head.then((bytes) => isNewerIndex(bytes.toString('latin1'))).catch(() => false);
  }
}
