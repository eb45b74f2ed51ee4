/** Makes the right line of a wrong one; `undefined` when it is not surely the line that it knows. */
type Fix = (line: string) => string | undefined;

/** Replaces what `pattern` finds when it finds it exactly once. */
const once =
  (pattern: RegExp, replacement: string): Fix =>
  (line) => {
    const global = new RegExp(pattern.source, `${pattern.flags}g`);
    return line.match(global)?.length === 1 ? line.replace(pattern, replacement) : undefined;
  };

const strictly = once(/(?<![=!<>])([=!])=(?!=)/, '$1==');

/**
 * Fixes by rule, each of one line and right by itself: whatever needs a second edit elsewhere is not here.
 *
 * They are candidates only; `offerFixes` offers those with which the tool has nothing more to say.
 */
export const FIXES: Readonly<Record<string, Fix>> = {
  'biome/useConst': once(/^(\s*(?:export\s+)?)let(?=\s+[\w$]+(?:\s*:\s*[^,=]+)?\s*=[^,]*$)/, '$1const'),
  'biome/noDoubleEquals': strictly,
  'biome/useNodejsImportProtocol': once(
    /(from\s*|import\s*\(\s*|require\s*\(\s*)(['"])(?!node:)(?=[a-z_/]+\2)/,
    '$1$2node:',
  ),
  'oxlint/no-floating-promises': once(
    /^(\s*)(?!(?:await|void|return|const|let|var)\b)(?=[\w$.]+\(.*\);?\s*$)/,
    '$1await ',
  ),
  'oxlint/no-focused-tests': (line) =>
    once(/\b((?:describe|suite|context|it|test|specify)(?:\.\w+)*)\.only\b/, '$1')(line) ??
    once(/\bf(?=(?:describe|it)\()/, '')(line),
  'oxlint/missing-throw': once(/^(\s*)(?=new\s+\w*Error\()/, '$1throw '),
  'oxlint/use-isnan': once(/([\w$.]+)\s*===?\s*NaN\b/, 'Number.isNaN($1)'),
  'oxlint/no-unsafe-negation': once(/!([\w$.'"]+)\s+(in|instanceof)\s+([\w$.]+)/, '!($1 $2 $3)'),
  'oxlint/await-thenable': once(/\bawait\s+/, ''),
  'oxlint/no-array-delete': once(/\bdelete\s+([\w$.]+)\[([\w$.]+)\]/, '$1.splice($2, 1)'),
  'ruff/E711': (line) =>
    once(/\s*==\s*None\b/, ' is None')(line) ?? once(/\s*!=\s*None\b/, ' is not None')(line),
  'ruff/E713': once(/\bnot\s+([\w.]+)\s+in\b/, '$1 not in'),
  'ruff/F632': (line) =>
    once(/\s+is\s+not\s+(?=["'\d])/, ' != ')(line) ?? once(/\s+is\s+(?=["'\d])/, ' == ')(line),
  'ruff/F541': once(/\bf(?=(["'])[^{}"']*\1)/, ''),
  'taint/python-unsafe-deserialisation': once(/\byaml\.load\((?=[\w.]+\))/, 'yaml.safe_load('),
};
