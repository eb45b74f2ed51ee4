import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../review/ports.ts';
import { createAnalysis } from '../taint/analyse-files.ts';
import type { Language } from '../taint/language.ts';
import type { Flow } from '../taint/machine.ts';
import type { Parsed } from '../taint/parse-script.ts';
import type { RuleIndex } from '../taint/rule-index.ts';
import { serveChild } from './child-protocol.ts';

/** What a language needs to be followed; loaded when the first file of it comes. */
interface Loaded {
  readonly parse: (path: string, text: string) => Parsed;
  readonly rules: RuleIndex;
  readonly language: Language;
}

async function loadScript(): Promise<Loaded> {
  const [{ parseScript }, { JAVASCRIPT }, { indexRules }, { WEAKNESSES }] = await Promise.all([
    import('../taint/parse-script.ts'),
    import('../taint/javascript.ts'),
    import('../taint/rule-index.ts'),
    import('../taint/rules/weaknesses.ts'),
  ]);
  return { parse: parseScript, rules: indexRules(WEAKNESSES, JAVASCRIPT), language: JAVASCRIPT };
}

async function loadPython(): Promise<Loaded> {
  const [{ parsePython }, { indexRules }, { PYTHON }, { PYTHON_WEAKNESSES }] = await Promise.all([
    import('../taint/python/parse-python.ts'),
    import('../taint/rule-index.ts'),
    import('../taint/python/python.ts'),
    import('../taint/python/rules/python-weaknesses.ts'),
  ]);
  return {
    parse: (_path, text) => parsePython(text),
    rules: indexRules(PYTHON_WEAKNESSES, PYTHON),
    language: PYTHON,
  };
}

const isPython = (path: string): boolean => /\.pyi?$/i.test(path);

await serveChild(async ({ folder, staged = [], paths }) => {
  const open = ({ parse, rules, language }: Loaded, known: ReadonlySet<string>) => {
    const parsed = new Map<string, Parsed>();
    const read = (path: string): Parsed => {
      const before = parsed.get(path) ?? parse(path, readFileSync(join(folder, path), 'utf8'));
      parsed.set(path, before);
      return before;
    };
    const analyse = createAnalysis(
      {
        has: (path) => known.has(path),
        read: (path) => {
          const file = read(path);
          return file.kind === 'parsed' ? file : undefined;
        },
      },
      rules,
      language,
    );
    return { read, analyse };
  };
  const [python, script] = [staged.filter(isPython), staged.filter((path) => !isPython(path))];
  const analyses = {
    python: paths.some(isPython) ? open(await loadPython(), new Set(python)) : undefined,
    script: paths.every(isPython) ? undefined : open(await loadScript(), new Set(script)),
  };
  return async (path) => {
    const analysis = isPython(path) ? analyses.python : analyses.script;
    if (analysis === undefined) return [];
    const file = analysis.read(path);
    if (file.kind === 'invalid') return { why: `does not parse: ${file.why}`, diagnostics: [] };
    return analysis.analyse(path).map(toDiagnostic);
  };
});

function toDiagnostic({ weakness, path, startLine, endLine, origin, steps }: Flow): Diagnostic {
  const alsoLines = [...new Set(steps.filter((step) => step.path === path).map(({ line }) => line))];
  return {
    rule: `taint/${weakness}`,
    path,
    startLine,
    endLine,
    alsoLines,
    message: origin ?? '',
    trace: steps,
  };
}
