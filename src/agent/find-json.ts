/** Of a longer text the last part is searched: an answer stands at the end. */
const MAX_LENGTH = 400_000;
/** Characters that are looked at in all: code that a model quotes is full of brackets that nothing closes. */
const MAX_WORK = 20_000_000;

/**
 * The JSON objects and arrays of objects in a model's text that lie in no other, last one first, whatever stands around
 * them. Commas before a closing bracket and line ends inside strings are mended.
 *
 * The last comes first, because models that think aloud repeat the form that was asked for before they fill it in.
 */
export function findJson(text: string): readonly unknown[] {
  const part = text.slice(-MAX_LENGTH);
  const strict = search(part, { mayStringsBreak: false });
  return strict.length > 0 ? strict : search(part, { mayStringsBreak: true });
}

function search(text: string, { mayStringsBreak }: { readonly mayStringsBreak: boolean }): unknown[] {
  const found: unknown[] = [];
  let [past, work] = [0, 0];
  for (const { index } of text.matchAll(/\[\s*\{|\{/g)) {
    if (index < past) continue;
    if (work > MAX_WORK) break;
    const { end, looked } = findEnd(text, index, mayStringsBreak);
    work += looked;
    const value = end === undefined ? undefined : tryParse(text.slice(index, end + 1));
    if (value === undefined || end === undefined) continue;
    found.unshift(value);
    past = end + 1;
  }
  return found;
}

/** Where the bracket at `start` is closed; brackets in JSON strings do not count. */
function findEnd(
  text: string,
  start: number,
  mayStringsBreak: boolean,
): { readonly end?: number; readonly looked: number } {
  let [depth, isInString, at] = [0, false, start];
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
      else if (character === '\n' && !mayStringsBreak) break;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return { end: at, looked: at - start };
    }
  }
  return { looked: at - start };
}

function tryParse(text: string): unknown {
  return parse(text) ?? parse(mend(text));
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What stands inside strings keeps its commas: it may be code. */
function mend(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/gs, (piece) =>
    piece === ',' ? '' : piece.replace(/\r?\n/g, '\\n').replace(/\t/g, '\\t'),
  );
}
