import assert from 'node:assert/strict';
import { ApiGate } from '../../src/core/api/api-gate.ts';
import { ApiPause } from '../../src/core/api/api-pause.ts';
import type { RemoteBody } from '../../src/core/api/body/remote-body.ts';
import { FeedClient } from '../../src/core/api/feed-client.ts';
import { HttpTransport } from '../../src/core/api/network/http-transport.ts';
import { PATIENCE } from '../../src/core/api/patience.ts';
import type { Patience } from '../../src/core/api/patience.ts';
import { toVtFeedsError } from '../../src/core/common/errors.ts';
import type { ErrorCode, VtFeedsError } from '../../src/core/common/errors.ts';
import type { BatchId } from '../../src/core/feed/batch-id.ts';
import { CANARY_KEY, assertNoKey } from './canary.ts';
import { PatientClock } from './patient-clock.ts';
import { RawServer, reply } from './raw-server.ts';
import { minute } from './records.ts';
import { readAll } from './streams.ts';

export const NOW = Date.UTC(2026, 10, 22, 12, 30);
export const MINUTE: BatchId = { feed: 'files', slot: minute('202611221003') };
export const BODY = Buffer.from('the bytes of a batch');

export interface OriginOptions {
  readonly patience?: Partial<Patience>;
  readonly headersTimeoutMs?: number;
}

/** The API on one port, the storage on another, and a client with the canary key between them. */
export class TwoOrigins {
  readonly clock = new PatientClock(NOW);
  readonly client: FeedClient;
  private readonly transport: HttpTransport;
  private readonly controller = new AbortController();

  private constructor(
    readonly api: RawServer,
    readonly storage: RawServer,
    { patience, ...limits }: OriginOptions,
  ) {
    this.transport = new HttpTransport({}, limits);
    const access = { origin: api.origin, apiKey: CANARY_KEY };
    const gate = new ApiGate(access, this.transport, new ApiPause(this.clock));
    this.client = new FeedClient(gate, this.clock, { ...PATIENCE, ...patience });
  }

  static async listen(options: OriginOptions = {}): Promise<TwoOrigins> {
    const storage = await RawServer.listen(reply(200, {}, BODY));
    const api = await RawServer.listen((...request) => {
      // Each time another link, as a signature makes it.
      const location = `${storage.origin}/b.bz2?Signature=s${String(api.requests.length)}`;
      reply(302, { location })(...request);
    });
    return new TwoOrigins(api, storage, options);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** How many requests came to the API and to the storage. */
  get asked(): readonly [api: number, storage: number] {
    return [this.api.requests.length, this.storage.requests.length];
  }

  abort(): void {
    this.controller.abort();
  }

  open(id = MINUTE): Promise<RemoteBody> {
    return this.client.openBatch(id, this.signal);
  }

  async read(id = MINUTE): Promise<Buffer> {
    return readAll((await this.open(id)).stream);
  }

  /** Opens and reads a batch; what goes wrong must have this code, and hold no key. */
  async failsWith(code: ErrorCode, run: () => Promise<unknown> = () => this.read()): Promise<VtFeedsError> {
    const error = await run().then(
      (value) => assert.fail(`it gave ${String(value)}`),
      (thrown: unknown) => toVtFeedsError(thrown),
    );
    assertNoKey(error);
    assert.equal(error.code, code, error.message);
    return error;
  }

  /** Ends everything. The storage must never have seen the key. */
  async close(): Promise<void> {
    await this.transport.close();
    await Promise.all([this.api.close(), this.storage.close()]);
    for (const { head } of this.storage.requests) assertNoKey(head);
  }
}
