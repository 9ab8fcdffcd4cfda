import type { BlockResult, PackedBlock } from '../core/batch/bzip2/block-crew.ts';

/** What a decoder thread starts with. */
export interface DecoderData {
  /** `src/wasm`, compiled once for all threads of a job. */
  readonly module: WebAssembly.Module;
}

/** To a decoder thread: a block to be unpacked. */
export type DecoderRequest = PackedBlock;

/** From a decoder thread: `ready` once, then one `result` for each block, in their order. */
export type DecoderReply =
  { readonly type: 'ready' } | { readonly type: 'result'; readonly result: BlockResult };
