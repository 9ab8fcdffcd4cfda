import { ApiGate } from '../../src/core/api/api-gate.ts';
import type { ApiKey } from '../../src/core/api/api-key.ts';
import { FeedClient } from '../../src/core/api/feed-client.ts';
import { UndiciTransport } from '../../src/core/api/undici-transport.ts';

export interface RunningClient {
  readonly client: FeedClient;
  close(): Promise<void>;
}

/** A client of a loopback origin over the real transport; retries do not wait. */
export function clientOf(origin: string, apiKey: ApiKey, now: () => number): RunningClient {
  const transport = new UndiciTransport();
  const gate = new ApiGate({ origin, apiKey }, transport, false);
  return { client: new FeedClient(gate, now, false, 0), close: () => transport.close() };
}
