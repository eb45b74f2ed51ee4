import { describe, expect, test } from 'vitest';
import { expressionFault } from '../../src/analysers/change/workflow-expression.ts';

describe('expressionFault', () => {
  test.each([
    "github.event_name == 'push' && !contains(github.ref, 'it''s')",
    'needs.*.outputs[0].result >= -1.5e3',
    "fromJSON('[1]')[matrix.index] || true",
    "hashFiles('**/lock.json', 'a')",
  ])('%s can be read', (expression) => {
    expect(expressionFault(expression)).toBeUndefined();
  });

  test.each([
    ['', /empty/],
    ['github.ref == "main"', /single quotes/],
    ["github.ref == 'main", /not closed/],
    ["contains(github.ref, 'a'", /`\(` is not closed/],
    ['github.ref)', /not opened/],
    ['github.event[0', /`\[` is not closed/],
    ['secret.TOKEN', /no context `secret`/],
    ["startWith('a', 'b')", /no function `startWith`/],
    ['a + b', /`\+` cannot stand here/],
  ])('%s: %s', (expression, fault) => {
    expect(expressionFault(expression)).toMatch(fault);
  });
});
