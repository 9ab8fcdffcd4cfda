import assert from 'node:assert/strict';
import { Repeated } from '../../../../src/core/common/repeated.ts';

describe('Repeated', () => {
  it('runs again for those who ask while it runs, once for all of them, and never twice at once', async () => {
    const gates: PromiseWithResolvers<undefined>[] = [];
    let running = 0;
    const repeated = new Repeated(async () => {
      const gate = Promise.withResolvers<undefined>();
      gates.push(gate);
      assert.equal(++running, 1);
      await gate.promise;
      running--;
    });
    const first = repeated.run();
    await Promise.resolve();
    const [second, third] = [repeated.run(), repeated.run()];
    assert.notEqual(first, second);
    assert.equal(second, third);
    gates[0]?.resolve(undefined);
    await first;
    await new Promise((turn) => setImmediate(turn));
    assert.equal(gates.length, 2);
    gates[1]?.resolve(undefined);
    await Promise.all([second, third]);
    assert.equal(gates.length, 2);
  });

  it('shares one run among those who ask before it begins', async () => {
    let runs = 0;
    const repeated = new Repeated(() => {
      runs++;
      return Promise.resolve();
    });
    await Promise.all([repeated.run(), repeated.run()]);
    assert.equal(runs, 1);
    await repeated.run();
    assert.equal(runs, 2);
  });

  it('fails for those who asked for the run that failed, and goes on', async () => {
    let runs = 0;
    const repeated = new Repeated(() => (++runs === 1 ? Promise.reject(new Error('no')) : Promise.resolve()));
    const failing = repeated.run();
    await Promise.resolve();
    const next = repeated.run();
    await assert.rejects(failing, /no/u);
    await next;
    assert.equal(runs, 2);
  });
});
