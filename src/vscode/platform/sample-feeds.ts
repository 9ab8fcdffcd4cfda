import { parseApiKey } from '../../core/api/api-key.ts';
import type { ApiAccess } from '../../core/api/api-gate.ts';
import { VtFeedsError } from '../../core/common/errors.ts';
import type { Redactor } from '../../core/common/redact.ts';
import type { WorkerClient } from '../../worker/worker-client.ts';
import type { WorkerThreads } from '../../worker/worker-threads.ts';

interface Running {
  readonly client: WorkerClient;
  readonly access: Promise<ApiAccess>;
}

/** The embedded server of synthetic feeds: started when it is first asked for, in a thread of its own. */
export class SampleFeeds {
  private running: Running | undefined;

  constructor(
    private readonly threads: WorkerThreads,
    private readonly redactor: Redactor,
  ) {}

  access(): Promise<ApiAccess> {
    if (this.running?.client.alive !== true) {
      const client = this.threads.start('sample');
      this.running = { client, access: this.start(client) };
    }
    const { access } = this.running;
    access.catch(() => this.stop());
    return access;
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    if (running !== undefined) await this.threads.end(running.client);
  }

  private async start(client: WorkerClient): Promise<ApiAccess> {
    const { origin, key } = await client.call('startSample', { unlicensed: [] });
    const apiKey = parseApiKey(key);
    if (apiKey === undefined)
      throw new VtFeedsError('internal', 'The sample feeds could not be started. Try again.');
    this.redactor.add(apiKey);
    return { origin, apiKey };
  }
}
