import { parentPort, workerData } from 'node:worker_threads';
import type { BlockResult } from '../core/batch/bzip2/block-crew.ts';
import { BlockUnpacker } from '../core/batch/bzip2/block-unpacker.ts';
import type { DecoderData, DecoderReply, DecoderRequest } from './decoder-protocol.ts';

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const unpacker = new BlockUnpacker((workerData as DecoderData).module);

function reply(result: BlockResult): void {
  const texts = result.verdict === 'fine' ? [result.text.buffer] : [];
  port.postMessage({ type: 'result', result } satisfies DecoderReply, texts);
}

port.on('message', (request: DecoderRequest) => {
  reply(unpacker.unpack(request));
  // Let go of at once: nothing else here would make the collector look for a long time.
  (request.bytes.buffer as ArrayBuffer).transfer(0);
});
port.postMessage({ type: 'ready' } satisfies DecoderReply);
