import { parentPort } from 'node:worker_threads';
import { ReaderCache } from '../core/store/reader-cache.ts';
import { createHandlers } from './handlers.ts';
import { serve } from './serve.ts';

if (parentPort === null) throw new Error('this file runs as a worker thread');
// The bundle is CommonJS, and the decoder's files lie beside it.
serve(parentPort, createHandlers(__dirname, new ReaderCache()));
