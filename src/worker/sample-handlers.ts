import { startSampleServer } from '../sample/sample-server.ts';
import type { SampleMethod } from './protocol.ts';
import type { Handlers } from './serve.ts';

/** Wires the sample feeds. */
export const sampleHandlers: Pick<Handlers, SampleMethod> = {
  startSample: async (options) => {
    const { origin, key } = await startSampleServer(options);
    return { origin, key };
  },
};
