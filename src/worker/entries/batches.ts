import { ReaderCache } from '../../core/store/reader-cache.ts';
import { batchHandlers } from '../batch-handlers.ts';
import { CrewKeeper } from '../crew-keeper.ts';
import { serveParent } from '../serve.ts';

// The bundle is CommonJS, and the decoder's files lie beside it.
serveParent(batchHandlers(new CrewKeeper(__dirname), new ReaderCache()));
