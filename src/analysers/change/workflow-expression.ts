const CONTEXTS = new Set(
  'github env vars job jobs steps runner secrets strategy matrix needs inputs true false null nan infinity'.split(
    ' ',
  ),
);
const FUNCTIONS = new Set(
  'contains startswith endswith format join tojson fromjson hashfiles success always cancelled failure case'.split(
    ' ',
  ),
);
const TOKEN =
  /\s+|'(?:[^']|'')*'|-?(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)|[a-z_][\w-]*|&&|\|\||[=!<>]=|[()[\].,!<>*]/giy;

/**
 * What is wrong with an expression of GitHub's, or `undefined`.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function expressionFault(expression: string): string | undefined {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < expression.length; ) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[0];
    if (token === undefined) {
      const char = expression.charAt(at);
      if (char === '"') return 'texts stand in single quotes';
      return char === "'" ? 'a quote is not closed' : `\`${char}\` cannot stand here`;
    }
    if (token.trim() !== '') tokens.push(token);
  }
  if (tokens.length === 0) return 'it is empty';
  return unbalanced(tokens) ?? unknownName(tokens);
}

function unbalanced(tokens: readonly string[]): string | undefined {
  const open: string[] = [];
  for (const token of tokens) {
    if (token === '(' || token === '[') open.push(token);
    if (token === ')' && open.pop() !== '(') return 'a parenthesis is closed that was not opened';
    if (token === ']' && open.pop() !== '[') return 'a bracket is closed that was not opened';
  }
  return open.length === 0 ? undefined : `\`${open.at(-1)}\` is not closed`;
}

function unknownName(tokens: readonly string[]): string | undefined {
  for (const [index, token] of tokens.entries()) {
    if (!/^[a-z_]/i.test(token) || tokens[index - 1] === '.') continue;
    const isCall = tokens[index + 1] === '(';
    if (!(isCall ? FUNCTIONS : CONTEXTS).has(token.toLowerCase()))
      return isCall ? `there is no function \`${token}\`` : `there is no context \`${token}\``;
  }
  return undefined;
}
