/** Where VirusTotal's API lives. No setting changes it. */
export const VIRUSTOTAL_ORIGIN = 'https://www.virustotal.com';

/** Names the variable that may point tests at a loopback server. */
export const ORIGIN_VARIABLE = 'VTFEEDS_API_ORIGIN';

export interface OriginChoice {
  readonly origin: string;
  /** Set when a value was given and refused: why, for the log. */
  readonly refused?: string;
}

/** The API's origin: VirusTotal's, unless `override` names a loopback origin (`http://127.0.0.1:PORT`). */
export function chooseOrigin(override: string | undefined): OriginChoice {
  if (override === undefined || override === '') return { origin: VIRUSTOTAL_ORIGIN };
  return /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/u.test(override) && URL.canParse(override)
    ? { origin: new URL(override).origin }
    : {
        origin: VIRUSTOTAL_ORIGIN,
        refused: `${ORIGIN_VARIABLE} is ignored: only http://127.0.0.1:PORT or http://localhost:PORT is allowed.`,
      };
}

export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
}
