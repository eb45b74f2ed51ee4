import type { RuleText, RuleTexts } from './rule-text.ts';

const habit = (title: string, body: string): RuleText => ({ title, body, severity: 'low', confidence: 0.85 });

/** What the style reviewer says, by rule. Each counts only where the base keeps to it. */
export const STYLE_RULES: RuleTexts = {
  'biome/useConst': habit(
    'A variable that never changes is declared with let',
    'Use `const`, as the rest of the repository does: it tells the reader that the value stays.',
  ),
  'biome/noVar': habit(
    'var instead of let or const',
    '`var` is visible in the whole function and before its line. The rest of the repository uses `let` and `const`.',
  ),
  'biome/noDoubleEquals': habit(
    '== instead of ===',
    '`==` converts its sides first (`0 == ""` is true). The rest of the repository compares with `===`.',
  ),
  'biome/useTemplate': habit(
    'Text is put together with + instead of a template',
    'The rest of the repository uses template literals.',
  ),
  'biome/useNamingConvention': habit(
    'A name is written in another way than the rest',
    'The repository’s names are in camelCase (types in PascalCase, constants in CONSTANT_CASE).',
  ),
  'biome/noExplicitAny': habit(
    'any switches type checking off',
    'The rest of the repository does without. `unknown` and a test say the same and keep the checks.',
  ),
  'biome/noNonNullAssertion': habit(
    'An exclamation mark claims that a value is there',
    'Nothing checks the claim when the program runs. The rest of the repository does without.',
  ),
  'biome/noConsole': habit(
    'Output goes to the console',
    'The rest of the repository does not write to the console. Use its logger, or remove a left-over.',
  ),
  'biome/noUnusedVariables': habit(
    'A variable is never used',
    'Remove it, or use it: a left-over makes the reader look for its purpose.',
  ),
  'biome/noUnusedImports': habit(
    'An import is never used',
    'Remove it; the rest of the repository has none.',
  ),
  'biome/useImportType': habit(
    'An import of types only is not marked as one',
    'The rest of the repository writes `import type`, which leaves nothing behind when the program runs.',
  ),
  'biome/useNodejsImportProtocol': habit(
    'A Node module is imported without node:',
    'The rest of the repository writes `node:`, which no package can take the place of.',
  ),
  'biome/noParameterAssign': habit(
    'A parameter is assigned to',
    'The rest of the repository leaves parameters as they came, and uses a variable of its own.',
  ),
  'biome/noNestedTernary': habit(
    'A ternary inside a ternary',
    'The rest of the repository spells such choices out with `if`.',
  ),
  'biome/noUselessElse': habit(
    'An else after a return',
    'The rest of the repository returns early and goes on without `else`.',
  ),
  'biome/useArrowFunction': habit(
    'A function expression instead of an arrow function',
    'The rest of the repository uses arrow functions here.',
  ),
  'biome/noForEach': habit(
    'forEach instead of for … of',
    'The rest of the repository loops with `for … of`, in which `await`, `break` and `return` work.',
  ),
  'biome/noEmptyBlockStatements': habit(
    'A block is empty',
    'Say in a comment why nothing is to be done here.',
  ),
  'biome/useOptionalChain': habit(
    'A chain of && instead of ?.',
    'The rest of the repository uses optional chaining.',
  ),
  'ruff/F401': habit('An import is never used', 'Remove it; the rest of the repository has none.'),
  'ruff/F841': habit('A variable is never used', 'Remove it, or use it.'),
  'ruff/F541': habit('An f-string has no placeholder', 'A plain string says the same.'),
  'ruff/E711': habit('None is compared with ==', 'The rest of the repository writes `is None`.'),
  'ruff/E712': habit('True or False is compared with ==', 'Test the value itself.'),
  'ruff/E722': habit(
    'except without a type',
    'It also catches `KeyboardInterrupt` and `SystemExit`. Name the exception.',
  ),
};
