import { ApiGate } from '../../src/core/api/api-gate.ts';
import type { ApiKey } from '../../src/core/api/api-key.ts';
import { ApiPause } from '../../src/core/api/api-pause.ts';
import { systemClock } from '../../src/core/api/clock.ts';
import { FeedClient } from '../../src/core/api/feed-client.ts';
import { HttpTransport } from '../../src/core/api/network/http-transport.ts';

export interface RunningClient {
  readonly client: FeedClient;
  close(): Promise<void>;
}

/** A client of a loopback origin over the real transport; retries do not wait. */
export function clientOf(origin: string, apiKey: ApiKey, now: () => number): RunningClient {
  const transport = new HttpTransport();
  const clock = { ...systemClock, now, wait: () => Promise.resolve() };
  const gate = new ApiGate({ origin, apiKey }, transport, new ApiPause(clock));
  return { client: new FeedClient(gate, clock), close: () => transport.close() };
}
