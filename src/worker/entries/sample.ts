import { sampleHandlers } from '../sample-handlers.ts';
import { serveParent } from '../serve.ts';

serveParent(sampleHandlers);
