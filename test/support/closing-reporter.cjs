// The spec reporter with one closing line a machine can read: "N passed, N failed".
const Mocha = require('mocha');

module.exports = class ClosingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      Mocha.reporters.Base.consoleLog(
        `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`,
      );
    });
  }
};
