import type { Analyser, Diagnostic } from '../review/ports.ts';
import { analyseInBatches } from './analyse-in-batches.ts';
import { runNodeChild } from './node-child.ts';
import { type AnalyserOptions, SCRIPT_FILE } from './oxlint.ts';
import type { Weakness } from './taint/weakness.ts';
import { findTool } from './tools.ts';

const BATCH_SIZE = 200;
const PYTHON_FILE = /\.pyi?$/i;
/** How sure a finding is when only a caller outside of the program would have to pass the data. */
const FROM_CALLERS = 0.8;

/** Our own analyser of JavaScript, TypeScript and Python: it follows data from outside to where it does harm. */
export function createTaint(options: AnalyserOptions): Analyser {
  return {
    name: `taint (oxc-parser ${findTool('oxc-parser').version})`,
    category: 'security',
    followsImports: true,
    reads: (path) => SCRIPT_FILE.test(path) || PYTHON_FILE.test(path),
    analyse: async (stage, paths, signal) => {
      const { diagnostics, notAnalysed } = await analyseInBatches(paths, BATCH_SIZE, (batch, attempt) =>
        runNodeChild(
          {
            script: 'taint-child',
            rules: [],
            stage,
            paths: batch,
            more: { staged: stage.paths },
            usesNativeCode: true,
            attempt,
          },
          options,
          signal,
        ),
      );
      if (diagnostics.length === 0) return { diagnostics, notAnalysed };
      const weaknesses = await loadWeaknesses();
      return { diagnostics: diagnostics.map((one) => withText(one, weaknesses)), notAnalysed };
    },
  };
}

/** Every weakness by its rule; loaded when there is something to tell, for they take longer to load than to apply. */
async function loadWeaknesses(): Promise<ReadonlyMap<string, Weakness>> {
  const [{ WEAKNESSES }, { PYTHON_WEAKNESSES }] = await Promise.all([
    import('./taint/rules/weaknesses.ts'),
    import('./taint/python/rules/python-weaknesses.ts'),
  ]);
  return new Map([...WEAKNESSES, ...PYTHON_WEAKNESSES].map((weakness) => [`taint/${weakness.id}`, weakness]));
}

/** The text is ours and is added here, where nothing that a file can do to the parser reaches. */
function withText(diagnostic: Diagnostic, weaknesses: ReadonlyMap<string, Weakness>): Diagnostic {
  const weakness = weaknesses.get(diagnostic.rule);
  if (weakness === undefined) return diagnostic;
  const { text, cwe } = weakness;
  const body = `${text.body} (CWE-${cwe})`;
  if (diagnostic.message !== 'parameter') return { ...diagnostic, text: { ...text, body } };
  return { ...diagnostic, text: { ...text, body, confidence: text.confidence * FROM_CALLERS } };
}
