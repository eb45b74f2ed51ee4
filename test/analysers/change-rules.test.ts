import { describe, expect, test } from 'vitest';
import { CHANGE_RULES } from '../../src/analysers/change/rules.ts';
import { checkExample } from '../support/check-example.ts';

describe.each(CHANGE_RULES)('$rule', (rule) => {
  test('has at least one example of each kind', () => {
    expect(rule.bad.length).toBeGreaterThan(0);
    expect(rule.good.length).toBeGreaterThan(0);
  });

  test.each(rule.bad)('speaks at $at', (example) => {
    expect(example.at?.length).toBeGreaterThan(0);
    const found = checkExample(rule, example);
    expect(found.map(({ at }) => at)).toEqual(example.at);
    expect(found[0]?.diagnostic.replacement).toBe(example.fix);
  });

  test.each(rule.good)('is silent on good example %#', (example) => {
    expect(checkExample(rule, example).map(({ at }) => at)).toEqual([]);
  });
});
