import * as vscode from 'vscode';
import type { NetworkSettings } from '../../core/api/network/network-settings.ts';
import type { DecoderChoice } from '../../worker/protocol.ts';

const SECTION = 'vtFeeds';

/** The user's own settings. A workspace cannot set any: each is read from the user's level, or its default. */
export const settings = {
  /** Most the store may hold, bytes. */
  maxStoreBytes(): number {
    return number('maxStoreSizeMB', 64, 4096) * 1_000_000;
  },

  /** Missing minutes in a row that are passed over before it is an error. */
  missingBatchTolerance(): number {
    return number('missingBatchTolerance', 0, 1);
  },

  /** Downloads at a time. */
  concurrency(): number {
    return number('concurrency', 1, 2);
  },

  /** What a click on a batch opens. */
  rendering(): 'summary' | 'full' {
    return userValue(SECTION, 'rendering') === 'full' ? 'full' : 'summary';
  },

  /** How batches are unpacked. */
  decoder(): DecoderChoice {
    return userValue(SECTION, 'decoder') === 'portable' ? 'portable' : 'parallel';
  },

  /** How VS Code reaches the network. */
  network(): NetworkSettings {
    const proxy = userValue('http', 'proxy');
    const noProxy = userValue('http', 'noProxy');
    const proxyAuthorization = userValue('http', 'proxyAuthorization');
    return {
      ...(typeof proxy === 'string' && proxy !== '' ? { proxy } : {}),
      ...(Array.isArray(noProxy) ? { noProxy: noProxy.filter((host) => typeof host === 'string') } : {}),
      ...(typeof proxyAuthorization === 'string' && proxyAuthorization !== '' ? { proxyAuthorization } : {}),
      proxyOff: userValue('http', 'proxySupport') === 'off',
      strictSsl: userValue('http', 'proxyStrictSSL') !== false,
      systemCertificates: userValue('http', 'systemCertificates') !== false,
    };
  },
};

function number(name: string, least: number, otherwise: number): number {
  const value = userValue(SECTION, name);
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(least, value) : otherwise;
}

function userValue(section: string, name: string): unknown {
  const found = vscode.workspace.getConfiguration(section).inspect(name);
  return found?.globalValue ?? found?.defaultValue;
}
