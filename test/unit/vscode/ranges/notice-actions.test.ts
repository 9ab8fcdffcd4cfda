import assert from 'node:assert/strict';
import { ERROR_CODES } from '../../../../src/core/common/errors.ts';
import { actionsFor, titleOf } from '../../../../src/vscode/ranges/notice-actions.ts';

describe('the buttons under a notice', () => {
  for (const code of ERROR_CODES) {
    it(`let a person go on and end it at ${code}, each with a title of its own`, () => {
      const problem = { code, sentence: 'Something.' };
      const [ofRange, ofFollow] = [actionsFor(problem, 'stopHere'), actionsFor(problem, 'stopFollowing')];
      assert.ok(ofRange.includes('continue') && ofFollow.includes('continue'));
      assert.ok(ofFollow.includes('stopFollowing') && !ofFollow.includes('stopHere'));
      assert.ok(ofRange.includes('stopHere') || ofRange.includes('report'));
      for (const actions of [ofRange, ofFollow])
        assert.equal(new Set(actions.map(titleOf)).size, actions.length);
    });
  }

  it('lead to what would help', () => {
    const actionsAt = (code: (typeof ERROR_CODES)[number]): readonly string[] =>
      actionsFor({ code, sentence: '' }, 'stopHere');
    assert.equal(actionsAt('wrongApiKey')[0], 'setKey');
    assert.equal(actionsAt('storeFull')[0], 'storeSettings');
    assert.ok(actionsAt('diskFull').includes('clearStore'));
    assert.ok(actionsAt('proxy').includes('proxySettings'));
    assert.deepEqual(actionsAt('missingInARow'), ['continue', 'stopHere']);
  });
});
