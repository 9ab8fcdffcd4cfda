import { MAX_BLOCK_BYTES } from './block-crew.ts';
import type { BlockResult, PackedBlock } from './block-crew.ts';
import { LaneChoice } from './lane-choice.ts';
import type { Together } from './lane-choice.ts';

/** What `src/wasm/index.ts` exports. */
interface BlockModule {
  readonly memory: { readonly buffer: ArrayBuffer };
  prepare(lanes: number): number;
  inputAt(): number;
  outputAt(): number;
  textAt(lane: number): number;
  readBlock(lane: number, size: number, firstBit: number, endBit: number): number;
  endBit(): number;
  symbolsOf(lane: number): number;
  blockCrc(lane: number): number;
  invert(lanes: number, from: number, end: number): void;
  startBlock(lane: number): void;
  nextBytes(): number;
  isRight(lane: number): number;
}

/** How many blocks may be unpacked together: with more than four, little is gained (measured). */
export const LANES = 4;
/** Smaller blocks lie in the caches whichever way they are taken. */
const WORTH_TIMING = 200_000;

/** Bytes of text by one call. */
const SLICE = 16_384;

/** Verdicts as numbers, in `src/wasm/verdict.ts`. */
const VERDICTS = ['fine', 'tooShort', 'damaged'] as const;

/** Unpacks up to {@link LANES} blocks at a time in WebAssembly, on the thread it is called on. */
export class BlockUnpacker {
  private readonly wasm: BlockModule;
  private readonly memory: Uint8Array<ArrayBuffer>;

  /** `module` is `src/wasm` compiled. Fails where there is not memory enough. */
  constructor(
    module: WebAssembly.Module,
    private readonly choice = new LaneChoice(),
  ) {
    this.wasm = new WebAssembly.Instance(module).exports as unknown as BlockModule;
    if (this.wasm.prepare(LANES) === 0) throw new RangeError('no memory for the bzip2 decoder');
    this.memory = new Uint8Array(this.wasm.memory.buffer);
  }

  /** How many blocks are best unpacked together now. */
  get groupSize(): Together {
    return this.choice.next();
  }

  unpack(blocks: readonly PackedBlock[]): BlockResult[] {
    if (blocks.length === LANES && this.groupSize === LANES) return this.unpackTogether(blocks);
    return blocks.flatMap((block) => this.unpackTogether([block]));
  }

  private unpackTogether(blocks: readonly PackedBlock[]): BlockResult[] {
    const results: BlockResult[] = [];
    const read: { readonly at: number; readonly endBit: number }[] = [];
    for (const [at, block] of blocks.entries()) {
      const verdict = this.read(block, read.length);
      if (verdict === 'fine') read.push({ at, endBit: this.wasm.endBit() });
      else results[at] = { verdict };
    }
    this.invert(read.length);
    for (const [lane, { at, endBit }] of read.entries()) results[at] = this.expand(lane, endBit);
    return results;
  }

  private read({ bytes, firstBit, endBit }: PackedBlock, lane: number): (typeof VERDICTS)[number] {
    if (bytes.length > MAX_BLOCK_BYTES) return 'damaged';
    this.memory.set(bytes, this.wasm.inputAt());
    return VERDICTS[this.wasm.readBlock(lane, bytes.length, firstBit, endBit)] ?? 'damaged';
  }

  /** As far as the longest block needs. */
  private invert(lanes: number): void {
    const sizes = Array.from({ length: lanes }, (_, lane) => this.wasm.symbolsOf(lane));
    const longest = Math.max(0, ...sizes);
    const start = performance.now();
    for (let from = 0; from < longest; from += SLICE) {
      this.wasm.invert(lanes, from, Math.min(from + SLICE, longest));
    }
    if (longest < WORTH_TIMING || (lanes !== 1 && lanes !== LANES)) return;
    const steps = (longest * lanes) / 2;
    this.choice.record(lanes, ((performance.now() - start) * 1e6) / steps);
  }

  private expand(lane: number, endBit: number): BlockResult {
    const { wasm } = this;
    const symbols = wasm.symbolsOf(lane);
    wasm.startBlock(lane);
    const first = wasm.nextBytes();
    const text = this.copy(wasm.outputAt(), first);
    let size = first;
    for (let more = wasm.nextBytes(); more > 0; more = wasm.nextBytes()) size += more;
    if (wasm.isRight(lane) === 0) return { verdict: 'damaged' };
    const hasPackedRuns = size > first;
    return {
      verdict: 'fine',
      endBit,
      symbols,
      crc: wasm.blockCrc(lane) >>> 0,
      size,
      text: hasPackedRuns ? this.copy(wasm.textAt(lane), symbols) : text,
      hasPackedRuns,
    };
  }

  private copy(from: number, size: number): Uint8Array<ArrayBuffer> {
    return this.memory.slice(from, from + size);
  }
}
