import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a link to the storage works. */
export const LINK_LIFETIME_MS = 10 * 60_000;

export type LinkState = 'good' | 'wrong' | 'expired';

/** Signs and checks the links the API redirects to; the secret lives as long as the server. */
export class LinkSigner {
  private readonly secret = randomBytes(32);

  constructor(private readonly now: () => number) {}

  /** `path` with a signature in its query. */
  sign(path: string): string {
    const expires = Math.floor((this.now() + LINK_LIFETIME_MS) / 1000);
    const query = new URLSearchParams({
      GoogleAccessId: 'sample-feeds@storage.example',
      Expires: String(expires),
      Signature: this.signature(path, expires).toString('base64url'),
    });
    return `${path}?${query.toString()}`;
  }

  check(path: string, query: URLSearchParams): LinkState {
    const expires = Number(query.get('Expires') ?? NaN);
    const given = Buffer.from(query.get('Signature') ?? '', 'base64url');
    const right = this.signature(path, expires);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
    return this.now() >= expires * 1000 ? 'expired' : 'good';
  }

  private signature(path: string, expires: number): Buffer {
    return createHmac('sha256', this.secret)
      .update(`${path}\n${String(expires)}`)
      .digest();
  }
}
