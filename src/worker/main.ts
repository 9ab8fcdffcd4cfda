import { parentPort } from 'node:worker_threads';
import { handlers } from './handlers.ts';
import { serve } from './serve.ts';

if (parentPort === null) throw new Error('this file runs as a worker thread');
serve(parentPort, handlers);
