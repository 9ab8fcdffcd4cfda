import { ReaderCache } from '../../core/store/reader-cache.ts';
import { batchHandlers } from '../batch-handlers.ts';
import { serveParent } from '../serve.ts';

// The bundle is CommonJS, and the decoder's files lie beside it.
serveParent(batchHandlers(__dirname, new ReaderCache()));
