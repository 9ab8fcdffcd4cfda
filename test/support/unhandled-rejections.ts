import assert from 'node:assert/strict';

/** Lets everything go on that does not wait for the outside. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Every test of the suite this is called in fails when it leaves a rejection that nobody handles. */
export function refuseUnhandledRejections(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));
  afterEach(async () => {
    await settled();
    assert.deepEqual(unhandled.splice(0), []);
  });
}
