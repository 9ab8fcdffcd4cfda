import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/core/common/emitter.ts';

describe('Emitter', () => {
  it('tells every listener until it lets go, also one that lets go while being told', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const stop = emitter.event((value) => {
      heard.push(`a${String(value)}`);
      stop();
    });
    emitter.event((value) => heard.push(`b${String(value)}`));
    emitter.emit(1);
    emitter.emit(2);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
  });
});
