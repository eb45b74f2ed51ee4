import { aClaim, aVerdict } from './reading-bench.ts';

const before =
  'export function mean(items) {\n  if (items.length === 0) return 0;\n  return sum(items) / items.length;\n}\n';
const after = 'export function mean(items) {\n  return sum(items) / items.length;\n}\n';
const report = "import { mean } from './mean.js';\nshow(mean(rows));\n";

/** A change that takes the guard of a division away. */
export const CHANGE = {
  base: { 'src/mean.js': before, 'src/report.js': report },
  head: { 'src/mean.js': after, 'src/report.js': report },
};

/** What a finder says of it. */
export const DIVISION = aClaim({
  path: 'src/mean.js',
  startLine: 2,
  code: '  return sum(items) / items.length;',
  kind: 'unhandled-case',
  title: 'The mean of no items is NaN',
});

/** The line that proves it. */
export const PROOF = { path: 'src/mean.js', line: 2, code: 'return sum(items) / items.length;' };

/** What a verifier says of it. */
export const confirm = (): unknown => aVerdict({ evidence: [PROOF] });
