import { describe, expect, test } from 'vitest';
import { isReadByRules } from '../../src/analysers/change/is-read-by-rules.ts';
import { CHANGE_RULES } from '../../src/analysers/change/rules.ts';
import { REVIEW_CATEGORIES } from '../../src/domain/finding.ts';
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

test('the process that starts the rules knows which files they read', () => {
  const examples = CHANGE_RULES.flatMap(({ bad, good }) => [...bad, ...good]);
  const paths = examples.flatMap(({ base = {}, head }) => [...Object.keys(base), ...Object.keys(head)]);
  expect(paths.length).toBeGreaterThan(100);
  for (const category of REVIEW_CATEGORIES) {
    const rules = CHANGE_RULES.filter((rule) => rule.category === category);
    for (const path of [...paths, 'README.md', 'src/a.py']) {
      expect([path, isReadByRules(category, path)]).toEqual([path, rules.some((rule) => rule.reads(path))]);
    }
  }
});
