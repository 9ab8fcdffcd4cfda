import type { Problem } from '../../core/range/problem.ts';

/** What a button under a notice does. */
export type NoticeAction =
  | 'continue'
  | 'stopHere'
  | 'stopFollowing'
  | 'setKey'
  | 'storeSettings'
  | 'proxySettings'
  | 'clearStore'
  | 'retry'
  | 'report';

const TITLES: Readonly<Record<NoticeAction, string>> = {
  continue: 'Continue',
  stopHere: 'Stop Here',
  stopFollowing: 'Stop Following',
  setKey: 'Set API Key',
  storeSettings: 'Open Settings',
  proxySettings: 'Open Settings',
  clearStore: 'Clear Store…',
  retry: 'Try the Failed Ones Again',
  report: 'Show Report',
};

export function titleOf(action: NoticeAction): string {
  return TITLES[action];
}

/** What can be done about a problem. To close its notice is always safe: everything stays as it is. */
export function actionsFor({ code }: Problem, stop: 'stopHere' | 'stopFollowing'): readonly NoticeAction[] {
  switch (code) {
    case 'noApiKey':
    case 'wrongApiKey':
    case 'noLicence':
      return ['setKey', 'continue', stop === 'stopHere' ? 'report' : stop];
    case 'storeFull':
      return ['storeSettings', 'continue', stop];
    case 'diskFull':
      return ['continue', 'clearStore', stop];
    case 'proxy':
    case 'tls':
      return ['continue', 'proxySettings', stop];
    default:
      return ['continue', stop];
  }
}
