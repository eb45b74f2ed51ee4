/**
 * Whether the call that starts at `offset` in Python source has a first argument that is a plain literal.
 *
 * Ruff points at the function (`os.system`) or at the whole call; either way the first parenthesis opens its
 * arguments. An f-string with a placeholder, a concatenation with a name, `%` and `.format` are no literals.
 */
export function hasLiteralArgument(source: string, offset: number): boolean {
  const open = source.indexOf('(', offset);
  if (open === -1) return false;
  return isLiteral(firstArgument(source, open + 1).trim());
}

/** Whether a Python expression consists of string literals, numbers and names in capitals (constants) only. */
export function isLiteral(expression: string): boolean {
  if (expression === '') return false;
  const rest = expression.replace(STRING, (string, prefix: string) =>
    /f/i.test(prefix) && placeholders(string).some((name) => !isConstant(name)) ? ' value ' : ' ',
  );
  const words = rest.match(/[A-Za-z_][\w.]*/g) ?? [];
  return words.every((word) => isConstant(word) || word === 'None' || word === 'True' || word === 'False');
}

const STRING =
  /([rbuf]{0,2})(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/gis;

function placeholders(string: string): readonly string[] {
  return [...string.replaceAll('{{', '').matchAll(/\{([^{}]*)\}/g)].map(([, name]) => (name ?? '').trim());
}

function isConstant(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name);
}

/** The text from `start` to the comma or parenthesis that ends the argument. */
function firstArgument(source: string, start: number): string {
  let depth = 0;
  STRING.lastIndex = start;
  for (let at = start; at < source.length && at < start + MAX_ARGUMENT; at++) {
    const character = source[at] ?? '';
    if (character === '"' || character === "'") {
      const sticky = new RegExp(STRING.source.replace('([rbuf]{0,2})', '()'), 'isy');
      sticky.lastIndex = at;
      const match = sticky.exec(source);
      if (match !== null) at += match[0].length - 1;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) {
      if (depth === 0) return source.slice(start, at);
      depth--;
    } else if (character === ',' && depth === 0) return source.slice(start, at);
  }
  return source.slice(start, start + MAX_ARGUMENT);
}

const MAX_ARGUMENT = 4000;
