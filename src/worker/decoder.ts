import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { BlockResult } from '../core/batch/bzip2/block-crew.ts';
import { BlockUnpacker } from '../core/batch/bzip2/block-unpacker.ts';
import type { DecoderData, DecoderReply, DecoderRequest } from './decoder-protocol.ts';

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const unpacker = new BlockUnpacker((workerData as DecoderData).module);

/** A block and those behind it that are here already, as many as are best unpacked together now. */
function gather(first: DecoderRequest): DecoderRequest[] {
  const blocks = [first];
  while (blocks.length < unpacker.groupSize) {
    const next = receiveMessageOnPort(port) as { readonly message: DecoderRequest } | undefined;
    if (next === undefined) break;
    blocks.push(next.message);
  }
  return blocks;
}

function reply(result: BlockResult): void {
  const texts = result.verdict === 'fine' ? [result.text.buffer] : [];
  port.postMessage({ type: 'result', result } satisfies DecoderReply, texts);
}

port.on('message', (request: DecoderRequest) => {
  const blocks = gather(request);
  for (const result of unpacker.unpack(blocks)) reply(result);
  // Let go of at once: nothing else here would make the collector look for a long time.
  for (const { bytes } of blocks) (bytes.buffer as ArrayBuffer).transfer(0);
});
port.postMessage({ type: 'ready' } satisfies DecoderReply);
