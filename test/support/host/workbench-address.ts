/** What a workbench page opens. Paths are absolute. */
export interface WorkbenchTarget {
  readonly extensionDevelopmentPath: string;
  /** A module that exports `run()`: VS Code runs it in the extension host and reports the outcome to the page. */
  readonly extensionTestsPath?: string | undefined;
  /** The folder to open; an empty window without. */
  readonly folder?: string | undefined;
}

/** The address of the workbench of a server on the loopback interface, with the extension loaded from its folder. */
export function workbenchAddress(
  server: { readonly port: number; readonly connectionToken: string | undefined },
  target: WorkbenchTarget,
): string {
  const authority = `127.0.0.1:${String(server.port)}`;
  const remote = (path: string): string => `vscode-remote://${authority}${encodeURI(path)}`;
  const payload = [['extensionDevelopmentPath', remote(target.extensionDevelopmentPath)]];
  if (target.extensionTestsPath !== undefined) {
    payload.push(['extensionTestsPath', remote(target.extensionTestsPath)]);
  }
  const url = new URL(`http://${authority}/`);
  if (server.connectionToken !== undefined) url.searchParams.set('tkn', server.connectionToken);
  if (target.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', target.folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
