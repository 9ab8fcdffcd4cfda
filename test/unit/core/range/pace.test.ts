import assert from 'node:assert/strict';
import { Pace } from '../../../../src/core/range/pace.ts';

const SECOND = 1000;

describe('Pace', () => {
  it('knows nothing in the first moments', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(0);
    pace.add(100, 500);
    assert.equal(pace.perSecond(800), undefined);
  });

  it('is right from the start for what goes evenly', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(0);
    for (let at = 1; at <= 100; at++) {
      pace.add(50, at * SECOND);
      const found = pace.perSecond(at * SECOND);
      if (at > 2) assert.ok(Math.abs((found ?? 0) - 50) < 5, `${String(at)} s: ${String(found)}`);
    }
  });

  it('follows a change by half within its half-life', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(0);
    for (let at = 1; at <= 100; at++) pace.add(50, at * SECOND);
    for (let at = 101; at <= 108; at++) pace.add(150, at * SECOND);
    const found = pace.perSecond(108 * SECOND) ?? 0;
    assert.ok(found > 90 && found < 110, String(found));
  });

  it('comes down when nothing more comes', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(0);
    for (let at = 1; at <= 20; at++) pace.add(50, at * SECOND);
    assert.ok((pace.perSecond(60 * SECOND) ?? 0) < 5);
  });

  it('leaves a pause out', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(0);
    for (let at = 1; at <= 20; at++) pace.add(50, at * SECOND);
    pace.start(3600 * SECOND);
    assert.ok(Math.abs((pace.perSecond(3600 * SECOND) ?? 0) - 50) < 5);
  });

  it('is not put off by a clock that is set back', () => {
    const pace = new Pace(8 * SECOND);
    pace.start(100 * SECOND);
    pace.add(50, 101 * SECOND);
    pace.add(50, 10 * SECOND);
    pace.add(50, 12 * SECOND);
    assert.ok(Number.isFinite(pace.perSecond(13 * SECOND) ?? Number.NaN));
  });
});
