import * as vscode from 'vscode';
import { basename } from 'node:path';

/** The view type of a custom editor that some installed extension offers for a file of that name. */
export function customEditorFor(path: string): string | undefined {
  const name = basename(path).toLowerCase();
  for (const extension of vscode.extensions.all) {
    for (const { viewType, selector } of editorsOf(extension.packageJSON)) {
      if (selector.some((pattern) => matches(pattern.toLowerCase(), name))) return viewType;
    }
  }
  return undefined;
}

interface CustomEditor {
  readonly viewType: string;
  readonly selector: readonly string[];
}

/** What a manifest says of custom editors; any extension may have written anything there. */
function editorsOf(manifest: unknown): CustomEditor[] {
  const list = at(at(manifest, 'contributes'), 'customEditors');
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((entry) => {
    const viewType = at(entry, 'viewType');
    const selector = at(entry, 'selector');
    if (typeof viewType !== 'string' || !Array.isArray(selector)) return [];
    const patterns = (selector as unknown[]).map((one) => at(one, 'filenamePattern'));
    return [{ viewType, selector: patterns.filter((pattern) => typeof pattern === 'string') }];
  });
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** The part of glob patterns that manifests use for editors: `*.pcap`, `*.{pcap,pcapng}`, `*`. */
function matches(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/^\*\*\//u, '').replace(/[.+^$()|[\]\\]/gu, '\\$&');
  const source = escaped
    .replace(/\*+/gu, '.*')
    .replace(/\?/gu, '.')
    .replace(/\{([^}]*)\}/gu, (_, list: string) => `(?:${list.replaceAll(',', '|')})`);
  try {
    return new RegExp(`^${source}$`, 'u').test(name);
  } catch {
    return false;
  }
}
