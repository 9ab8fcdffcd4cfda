// Runs inside the server's process: `node server-entry.ts <server-main.js> …its arguments`.
import { pathToFileURL } from 'node:url';
import { onInputClosed } from './end-with-parent.ts';
import { killProcessGroup } from './process-group.ts';
import { serveSecretKey } from './serve-secret-key.ts';

// This process leads its group, so the extension host goes with it.
onInputClosed(() => {
  killProcessGroup(process.pid);
});

serveSecretKey();

const [serverMain] = process.argv.splice(2, 1);
if (serverMain === undefined) throw new Error('The path of server-main.js is missing.');
await import(pathToFileURL(serverMain).href);
