import type { Workbench } from './launch-workbench.ts';

/** Keeps a picture of what was shown when a test failed: `out/screenshots/failed-<title>.png`. */
export function screenshotFailures(workbench: () => Workbench): void {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.title.replace(/\W+/gu, '-').slice(0, 60);
    await workbench().screenshot(`failed-${name}`);
  });
}
