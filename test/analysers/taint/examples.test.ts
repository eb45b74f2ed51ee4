import { describe, expect, test } from 'vitest';
import { createAnalysis } from '../../../src/analysers/taint/analyse-files.ts';
import { parseScript } from '../../../src/analysers/taint/parse-script.ts';
import { indexRules } from '../../../src/analysers/taint/rule-index.ts';
import { WEAKNESSES } from '../../../src/analysers/taint/rules/weaknesses.ts';

const rules = indexRules(WEAKNESSES);

function find(text: string): readonly string[] {
  const analyse = createAnalysis(
    {
      has: (path) => path === 'example.tsx',
      read: (path) => {
        const parsed = parseScript(path, text);
        if (parsed.kind === 'invalid') throw new Error(parsed.why);
        return parsed;
      },
    },
    rules,
  );
  return analyse('example.tsx').map(({ weakness }) => weakness);
}

describe.each(WEAKNESSES.map((weakness) => ({ ...weakness, name: weakness.id })))('$name', (weakness) => {
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
  const ids = WEAKNESSES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
