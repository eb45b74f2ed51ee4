import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../review/ports.ts';
import { createAnalysis } from '../taint/analyse-files.ts';
import type { Flow } from '../taint/machine.ts';
import { parseScript } from '../taint/parse-script.ts';
import { indexRules } from '../taint/rule-index.ts';
import { WEAKNESSES } from '../taint/rules/weaknesses.ts';
import { serveChild } from './child-protocol.ts';

await serveChild(async ({ folder, staged = [] }) => {
  const known = new Set(staged);
  const read = (path: string): ReturnType<typeof parseScript> =>
    parseScript(path, readFileSync(join(folder, path), 'utf8'));
  const analyse = createAnalysis(
    {
      has: (path) => known.has(path),
      read: (path) => {
        const parsed = read(path);
        return parsed.kind === 'parsed' ? parsed : undefined;
      },
    },
    indexRules(WEAKNESSES),
  );
  return async (path) => {
    const parsed = read(path);
    if (parsed.kind === 'invalid') return { why: `does not parse: ${parsed.why}`, diagnostics: [] };
    return analyse(path).map(toDiagnostic);
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
