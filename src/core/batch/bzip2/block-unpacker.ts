import { MAX_BLOCK_BYTES } from './block-crew.ts';
import type { BlockResult, PackedBlock } from './block-crew.ts';

/** What `src/wasm/index.ts` exports. */
interface BlockModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  prepare(): number;
  inputAt(): number;
  outputAt(): number;
  textAt(): number;
  readBlock(size: number, firstBit: number, endBit: number): number;
  symbols(): number;
  endBit(): number;
  blockCrc(): number;
  invertMore(): number;
  startText(): void;
  nextBytes(): number;
  isRight(): number;
}

/** Verdicts as numbers, in `src/wasm/verdict.ts`. */
const VERDICTS = ['fine', 'tooShort', 'damaged'] as const;

/** Unpacks blocks in WebAssembly, on the thread it is called on. */
export class BlockUnpacker {
  private readonly wasm: BlockModule;
  private readonly memory: Uint8Array<ArrayBuffer>;

  /** `module` is `src/wasm` compiled. Fails where there is not memory enough. */
  constructor(module: WebAssembly.Module) {
    this.wasm = new WebAssembly.Instance(module).exports as unknown as BlockModule;
    if (this.wasm.prepare() === 0) throw new RangeError('no memory for the bzip2 decoder');
    this.memory = new Uint8Array(this.wasm.memory.buffer);
  }

  unpack({ bytes, firstBit, endBit }: PackedBlock): BlockResult {
    if (bytes.length > MAX_BLOCK_BYTES) return { verdict: 'damaged' };
    this.memory.set(bytes, this.wasm.inputAt());
    const verdict = VERDICTS[this.wasm.readBlock(bytes.length, firstBit, endBit)] ?? 'damaged';
    if (verdict !== 'fine') return { verdict };
    while (this.wasm.invertMore() !== 0);
    return this.expand();
  }

  private expand(): BlockResult {
    const { wasm } = this;
    const symbols = wasm.symbols();
    wasm.startText();
    const first = wasm.nextBytes();
    const text = this.copy(wasm.outputAt(), first);
    let size = first;
    for (let more = wasm.nextBytes(); more > 0; more = wasm.nextBytes()) size += more;
    if (wasm.isRight() === 0) return { verdict: 'damaged' };
    const hasPackedRuns = size > first;
    return {
      verdict: 'fine',
      endBit: wasm.endBit(),
      symbols,
      crc: wasm.blockCrc() >>> 0,
      size,
      text: hasPackedRuns ? this.copy(wasm.textAt(), symbols) : text,
      hasPackedRuns,
    };
  }

  private copy(from: number, size: number): Uint8Array<ArrayBuffer> {
    return this.memory.slice(from, from + size);
  }
}
