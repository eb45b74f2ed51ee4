import type { ChangedCode, CodeLine } from '../domain/affected.ts';
import type { FileDiff, Hunk } from '../domain/diff.ts';
import { COMPONENT, kindOfFile, MARKUP, SCRIPT, TEMPLATE } from './kinds-of-files.ts';

const MAX_LINES = 120;
const MAX_LENGTH = 400;
/** What runs nowhere by itself: comments, lone brackets, imports, types. */
const NO_CODE =
  /^\s*(?:\/\/|\/?\*|<!--|#|import\b(?!\s*\()|export\s+(?:type|interface|\*|\{)|(?:declare|type|interface)\s)|^[^\w$]*$|^\s*(?:else|try|finally|do|default:?|break;?|return;?)?[\s{}()[\];,]*$/;

/** The lines of a hunk that a browser could run; `undefined` when there is none. */
export function codeLines({ path, oldPath }: FileDiff, { lines }: Hunk): ChangedCode | undefined {
  if (![SCRIPT, COMPONENT, MARKUP, TEMPLATE].some((kind) => kind.test(path))) return undefined;
  if (kindOfFile(path) !== 'source' || /\.mdx?$|\.markdown$/i.test(path)) return undefined;
  const added: CodeLine[] = [];
  const removed: CodeLine[] = [];
  for (const { kind, text, oldLine, newLine } of lines) {
    if (kind === 'context' || text.length > MAX_LENGTH || NO_CODE.test(text)) continue;
    const [side, line] = kind === 'added' ? [added, newLine] : [removed, oldLine];
    if (line !== undefined && side.length < MAX_LINES) side.push({ line, text });
  }
  return added.length + removed.length === 0 ? undefined : { added, removed, oldPath };
}
