import { describe, expect, test } from 'vitest';
import { PYTHON_WEAKNESSES } from '../../../src/analysers/taint/python/rules/python-weaknesses.ts';
import { WEAKNESSES } from '../../../src/analysers/taint/rules/weaknesses.ts';
import { findFlows } from '../../support/find-weaknesses.ts';

const ALL = [
  ...WEAKNESSES.map((weakness) => ({ ...weakness, name: weakness.id, file: 'example.tsx' })),
  ...PYTHON_WEAKNESSES.map((weakness) => ({ ...weakness, name: weakness.id, file: 'example.py' })),
];

describe.each(ALL)('$name', (weakness) => {
  const find = (text: string): readonly string[] =>
    findFlows({ [weakness.file]: text }).map((flow) => flow.weakness);

  test.each(weakness.bad)('is found in\n%s', (text) => {
    expect(find(text)).toContain(weakness.id);
  });

  // Nothing else is found either: the examples of what is right are right in every way.
  test.each(weakness.good)('is not found in\n%s', (text) => {
    expect(find(text)).toEqual([]);
  });

  test('has examples of both kinds and a text that says what to do', () => {
    expect(weakness.bad.length).toBeGreaterThan(0);
    expect(weakness.good.length).toBeGreaterThan(0);
    expect(weakness.text.body.length).toBeGreaterThan(80);
  });
});

test('no two rules have one name', () => {
  const ids = ALL.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
