import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the desktop's command line says, as far as a test run needs it. Paths are absolute. */
export interface VscodeArguments {
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  readonly userDataDir: string;
  readonly extensionsDir: string | undefined;
  readonly workspaceTrust: boolean;
  readonly folder: string | undefined;
}

/**
 * Reads the flags `runTests` passes; flags that only mean something to the desktop are ignored.
 * Throws when one that is needed is missing.
 */
export function parseVscodeArguments(args: readonly string[]): VscodeArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
    },
  });
  const optional = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? resolve(value) : undefined;
  };
  const required = (name: string): string => {
    const value = optional(name);
    if (value === undefined) throw new Error(`--${name}=… is missing.`);
    return value;
  };
  const [folder] = positionals;
  return {
    extensionDevelopmentPath: required('extensionDevelopmentPath'),
    extensionTestsPath: required('extensionTestsPath'),
    userDataDir: required('user-data-dir'),
    extensionsDir: optional('extensions-dir'),
    workspaceTrust: values['disable-workspace-trust'] !== true,
    folder: folder === undefined ? undefined : resolve(folder),
  };
}
