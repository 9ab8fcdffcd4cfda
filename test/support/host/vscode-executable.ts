// What the executable beside this file does: runs the extension's tests and exits as they did.
import { onInputClosed } from './end-with-parent.ts';
import { runExtensionTests } from './run-extension-tests.ts';
import { parseVscodeArguments } from './vscode-arguments.ts';

// The server and the browser end with this process.
onInputClosed(() => process.exit(1));

try {
  process.exitCode = await runExtensionTests(parseVscodeArguments(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
