import { artifactHandlers } from '../artifact-handlers.ts';
import { serveParent } from '../serve.ts';

serveParent(artifactHandlers);
