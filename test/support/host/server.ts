import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { installCodeServer } from './install-code-server.ts';
import { nodeExecutable } from './node-executable.ts';
import { endProcessGroup } from './process-group.ts';

const startTimeoutMs = 60_000;

/** No marketplace: nothing is asked for over the network. */
const noGallery = { EXTENSIONS_GALLERY: '{}' };

/** How a server is started. */
export interface ServerOptions {
  /** Holds all state of the user: a new folder is a new user. Created when missing. */
  readonly dataDir: string;
  /** Where installed extensions are looked for; a folder of `dataDir` by default. */
  readonly extensionsDir?: string;
  /** Demanded of every request when given; else whoever reaches the port is let in. */
  readonly connectionToken?: string;
  /** Whether folders open in Restricted Mode until trusted; off by default. */
  readonly workspaceTrust?: boolean;
  /** Added to this process's environment; the extension host sees it. `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A VS Code server that listens on the loopback interface. */
export interface Server {
  readonly port: number;
  readonly connectionToken: string | undefined;
  /** Everything the server printed. */
  readonly logFile: string;
  /** Settles when the server's process has ended, asked to or not. */
  readonly ended: Promise<void>;
  /** Ends the server with the extension hosts it started. May be called again. */
  stop(): Promise<void>;
}

/** Starts a server on a port of its own choice and resolves when it listens; nothing is left when it rejects. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const folder = await installCodeServer();
  await mkdir(options.dataDir, { recursive: true });
  const logFile = join(options.dataDir, 'server.log');
  const entry = fileURLToPath(new URL('server-entry.ts', import.meta.url));
  const child = spawn(
    nodeExecutable(),
    [entry, join(folder, 'out', 'server-main.js'), ...serverArguments(options)],
    // Standard input stays open as long as this process lives; see server-entry.ts.
    {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(), ...noGallery, ...options.env },
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= endProcessGroup(child));
  try {
    const port = await listeningPort(child, logFile);
    return { port, connectionToken: options.connectionToken, logFile, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(options: ServerOptions): readonly string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0'],
    ...(options.connectionToken === undefined
      ? ['--without-connection-token']
      : ['--connection-token', options.connectionToken]),
    '--accept-server-license-terms',
    ...['--server-data-dir', options.dataDir],
    ...['--extensions-dir', options.extensionsDir ?? join(options.dataDir, 'extensions')],
    ...['--telemetry-level', 'off'],
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

/** Without the variables by which a VS Code around us (its terminal, its debugger) would steer the server. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(VSCODE|ELECTRON)_/.test(key)));
}

function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile);
  const lastLines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      reject(new Error(`The VS Code server ${what}. Its last lines:\n${lastLines.join('\n')}`));
    };
    const timer = setTimeout(
      fail,
      startTimeoutMs,
      `did not listen within ${String(startTimeoutMs / 1000)} s`,
    );
    child.once('error', (error) => {
      fail(`could not be started (${error.message})`);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      log.end();
      fail(`ended early (${String(code ?? signal)})`);
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        log.write(`${line}\n`);
        lastLines.push(line);
        if (lastLines.length > 20) lastLines.shift();
        const port = /listening on (\d+)/.exec(line)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
    }
  });
}
