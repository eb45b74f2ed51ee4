import { createAnalysis } from '../../src/analysers/taint/analyse-files.ts';
import { JAVASCRIPT } from '../../src/analysers/taint/javascript.ts';
import type { Flow } from '../../src/analysers/taint/machine.ts';
import { parseScript } from '../../src/analysers/taint/parse-script.ts';
import { parsePython } from '../../src/analysers/taint/python/parse-python.ts';
import { PYTHON } from '../../src/analysers/taint/python/python.ts';
import { PYTHON_WEAKNESSES } from '../../src/analysers/taint/python/rules/python-weaknesses.ts';
import { indexRules } from '../../src/analysers/taint/rule-index.ts';
import { WEAKNESSES } from '../../src/analysers/taint/rules/weaknesses.ts';

const RULES = {
  script: indexRules(WEAKNESSES, JAVASCRIPT),
  python: indexRules(PYTHON_WEAKNESSES, PYTHON),
};

/** The flows that touch the first of some files, which are texts by path. */
export function findFlows(files: Readonly<Record<string, string>>): readonly Flow[] {
  const [first = ''] = Object.keys(files);
  const isPython = first.endsWith('.py');
  const analyse = createAnalysis(
    {
      has: (path) => path in files,
      read: (path) => {
        const parsed = isPython ? parsePython(files[path] ?? '') : parseScript(path, files[path] ?? '');
        if (parsed.kind === 'invalid') throw new Error(parsed.why);
        return parsed;
      },
    },
    isPython ? RULES.python : RULES.script,
    isPython ? PYTHON : JAVASCRIPT,
  );
  return analyse(first);
}

/** The weaknesses in a file, each with the line that it is on. */
export function findWeaknesses(files: Readonly<Record<string, string>>): readonly string[] {
  return findFlows(files)
    .map(({ startLine, weakness }) => `${startLine} ${weakness}`)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}
