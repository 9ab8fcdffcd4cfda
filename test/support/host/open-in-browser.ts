import { spawn } from 'node:child_process';

const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Opens an address in the person's browser if that is possible; nothing happens otherwise. */
export function openInBrowser(address: string): void {
  const [command, ...args] = commands[process.platform] ?? ['xdg-open'];
  const quoted = process.platform === 'win32' ? `"${address}"` : address;
  spawn(command, [...args, quoted], { stdio: 'ignore', detached: true, windowsVerbatimArguments: true })
    .on('error', () => {
      // The address is printed: it can be opened by hand.
    })
    .unref();
}
