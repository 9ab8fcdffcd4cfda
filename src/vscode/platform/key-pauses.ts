import type { ApiKey } from '../../core/api/api-key.ts';
import type { VtFeedsError } from '../../core/common/errors.ts';

/** Until when the service asked not to be asked again, by key: downloads run in threads that know nothing of each other. */
export class KeyPauses {
  private readonly until = new Map<ApiKey, number>();

  /** Remembers what a refused download was told. */
  heed(apiKey: ApiKey, { code, facts }: VtFeedsError): void {
    if (code !== 'quotaExceeded' || facts.retryAt === undefined) return;
    this.until.set(apiKey, Math.max(this.notBefore(apiKey), facts.retryAt));
  }

  /** Unix milliseconds; 0 where nothing was asked for. */
  notBefore(apiKey: ApiKey): number {
    return this.until.get(apiKey) ?? 0;
  }
}
