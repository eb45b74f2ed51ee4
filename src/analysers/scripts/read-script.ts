import { parseSync } from 'oxc-parser';
import type { ScriptFacts, ScriptSource } from '../../affected/ports.ts';
import { lineAt, lineStarts } from '../change/source.ts';
import { readDeclarations } from './read-declarations.ts';
import { readImports } from './read-imports.ts';
import { readTexts } from './read-texts.ts';

/**
 * The facts of one script; `undefined` when it cannot be read. Some inputs crash the parser's native code, which is why
 * only child processes read what others wrote.
 */
export function readScript({ text, language, wants }: ScriptSource): ScriptFacts | undefined {
  try {
    const result = parse(text, language);
    const imports = readImports(text, result.module);
    const starts = lineStarts(text);
    return {
      imports,
      ...(wants.declarations ? readDeclarations(result.program) : { bindings: {}, declarations: [] }),
      texts: wants.texts ? readTexts(result.program, (offset) => lineAt(starts, offset)) : [],
    };
  } catch {
    // A file that breaks our reading costs itself only: it is left out of the answer.
    return undefined;
  }
}

/** Flow's and TypeScript's syntax stand in files of any name. */
function parse(text: string, language: ScriptSource['language']): ReturnType<typeof parseSync> {
  const options = { astType: 'ts', preserveParens: false } as const;
  const first = parseSync('file', text, { ...options, lang: language, sourceType: 'module' });
  if (first.errors.length === 0) return first;
  for (const [lang, sourceType] of [
    [language, 'script'],
    ['tsx', 'module'],
  ] as const) {
    const other = parseSync('file', text, { ...options, lang, sourceType });
    if (other.errors.length === 0) return other;
  }
  if (first.program.body.length === 0) throw new Error('does not parse');
  return first;
}
