import { ApiGate } from '../core/api/api-gate.ts';
import { ApiPause } from '../core/api/api-pause.ts';
import { systemClock } from '../core/api/clock.ts';
import { FeedClient } from '../core/api/feed-client.ts';
import { HttpTransport } from '../core/api/network/http-transport.ts';
import type { Connection } from './protocol.ts';

/** Lends out a client and closes its connections afterwards, those in use as well. */
export async function withClient<T>(
  { access, network, notBefore }: Connection,
  use: (client: FeedClient) => Promise<T>,
): Promise<T> {
  const transport = new HttpTransport(network);
  try {
    const pause = new ApiPause(systemClock, notBefore);
    return await use(new FeedClient(new ApiGate(access, transport, pause)));
  } finally {
    await transport.close();
  }
}
