import type { RuleText, RuleTexts } from './rule-text.ts';

const sure = (title: string, body: string, more: Partial<RuleText> = {}): RuleText => ({
  title,
  body,
  severity: 'medium',
  confidence: 0.92,
  ...more,
});

const constant = sure(
  'A condition always has the same outcome',
  'What is compared can never (or can only) be equal, so one of the two branches is dead. Compare what was meant, or remove the branch.',
  { topic: 'constant-condition', addsMessage: true },
);

/** What the logic reviewer says about what oxlint and ruff prove, by rule. */
export const LOGIC_RULES: RuleTexts = {
  'oxlint/no-floating-promises': sure(
    'A promise is not awaited',
    'The code goes on before the work is done, and when the work fails nobody handles it: in Node an unhandled rejection ends the process. `await` it, return it, or handle its failure with `.catch`.',
    { severity: 'high', topic: 'promise' },
  ),
  'oxlint/no-misused-promises': sure(
    'A promise is used where a plain value is expected',
    'A promise is always truthy, so the condition does not test its result. `await` it first.',
    { severity: 'high', topic: 'promise-condition' },
  ),
  'oxlint/await-thenable': sure(
    'What is awaited is no promise',
    'The `await` waits for nothing. Either a call is missing, or the `await` can go.',
    {
      severity: 'low',
    },
  ),
  'oxlint/no-await-in-promise-methods': sure(
    'A promise is awaited before it is handed to a promise method',
    'The work then runs one after the other instead of at once. Leave out the inner `await`.',
    { severity: 'low' },
  ),
  'oxlint/no-async-promise-executor': sure(
    'An error in this promise is lost',
    'The function given to `new Promise` is async: when it throws, the promise never settles and whoever waits for it hangs. Make it a plain function, or do without `new Promise`.',
  ),
  'oxlint/no-dupe-keys': sure(
    'A key is given twice in one object',
    'The later value silently wins and the earlier one is lost. Keep the one that is meant, or rename the other.',
    { topic: 'duplicate-key' },
  ),
  'oxlint/no-constant-binary-expression': constant,
  'oxlint/no-constant-condition': constant,
  'oxlint/bad-object-literal-comparison': constant,
  'oxlint/const-comparisons': constant,
  'oxlint/double-comparisons': { ...constant, severity: 'low' },
  'oxlint/no-self-compare': sure(
    'A value is compared with itself',
    'The outcome is always the same. One of the two sides is probably meant to be another value; to test for NaN, use `Number.isNaN`.',
    { topic: 'constant-condition' },
  ),
  'oxlint/use-isnan': sure(
    'Nothing is equal to NaN',
    'NaN differs from everything, also from itself, so this comparison is always false. Use `Number.isNaN`.',
    { topic: 'nan' },
  ),
  'oxlint/bad-comparison-sequence': sure(
    'A chain of comparisons does not mean what it says',
    '`a < b < c` compares `true` or `false` with `c`. Write `a < b && b < c`.',
  ),
  'oxlint/no-compare-neg-zero': sure(
    'A comparison with -0 also holds for 0',
    'Use `Object.is(x, -0)` to tell them apart.',
    {
      severity: 'low',
    },
  ),
  'oxlint/no-cond-assign': sure(
    'A condition assigns instead of comparing',
    '`=` stores the value and tests it; `===` compares. If the assignment is meant, put it in parentheses.',
    { severity: 'high' },
  ),
  'oxlint/no-dupe-else-if': sure(
    'A branch can never be reached',
    'An earlier branch of the same chain tests the same condition, so this one never runs. Correct the condition or remove the branch.',
  ),
  'oxlint/no-duplicate-case': sure(
    'A case is listed twice',
    'The first one takes every such value; the code of the second never runs.',
  ),
  'oxlint/no-dupe-class-members': sure(
    'A class member is defined twice',
    'The later one silently replaces the earlier.',
    {
      topic: 'duplicate-member',
    },
  ),
  'oxlint/no-unreachable': sure(
    'Code after this point never runs',
    'A `return`, `throw`, `break` or `continue` comes before it in every case. Move it up or remove it.',
  ),
  'oxlint/no-const-assign': sure('A constant is assigned to', 'This throws a TypeError when it runs.', {
    severity: 'high',
    topic: 'constant-assigned',
  }),
  'oxlint/no-self-assign': sure(
    'A value is assigned to itself',
    'The line has no effect; one side is probably meant to be another.',
  ),
  'oxlint/no-unsafe-optional-chaining': sure(
    'An optional chain is used where undefined throws',
    'When the chain ends early its value is `undefined`, and this use of it throws a TypeError. Give a default, or test first.',
    { severity: 'high' },
  ),
  'oxlint/no-unsafe-finally': sure(
    'A finally block swallows errors',
    'A `return` or `throw` in `finally` replaces the result and any error of the `try`.',
  ),
  'oxlint/no-unsafe-negation': sure(
    'The negation binds to the wrong part',
    '`!a in b` is `(!a) in b`. Put parentheses around the test.',
    {
      severity: 'high',
    },
  ),
  'oxlint/no-unexpected-multiline': sure(
    'Two lines are read as one',
    'No semicolon separates them, so the second continues the first as a call or an index. Add the semicolon.',
    { confidence: 0.85 },
  ),
  'oxlint/no-sparse-arrays': sure(
    'An array has a hole',
    'Two commas in a row leave an element out: it reads as `undefined`, and loops skip it.',
  ),
  'oxlint/no-loss-of-precision': sure(
    'A number is larger than its type can hold',
    'It is stored as another number. Use a `BigInt` or a string.',
  ),
  'oxlint/valid-typeof': sure(
    'typeof is compared with something that it never gives',
    'The comparison is always false. Check the spelling of the type.',
  ),
  'oxlint/array-callback-return': sure(
    'A callback gives no value where one is used',
    'Methods like `map`, `filter` and `some` use what the callback returns; here a path returns nothing, which counts as `undefined`.',
    { confidence: 0.85 },
  ),
  'oxlint/missing-throw': sure(
    'An error is made but not thrown',
    '`new Error(…)` on its own does nothing. Put `throw` before it.',
    {
      severity: 'high',
    },
  ),
  'oxlint/no-array-delete': sure(
    'delete leaves a hole in the array',
    'The length stays and the element reads as `undefined`. Use `splice`.',
  ),
  'oxlint/no-for-in-array': sure(
    'for … in walks the keys of an array',
    'The keys are texts and may include more than the elements. Use `for … of`.',
  ),
  'oxlint/no-focused-tests': sure(
    'Only this test runs',
    '`.only` switches all other tests of the file off, so the suite can pass while they fail. Remove it before merging.',
    { severity: 'medium', confidence: 0.97 },
  ),
  'oxlint/no-debugger': sure(
    'A debugger statement was left in',
    'It stops the program wherever developer tools are open. Remove it.',
    {
      severity: 'low',
    },
  ),
  'oxlint/no-thenable': sure(
    'An object has a method named then',
    '`await` and promises take such an object for a promise and call the method.',
    { severity: 'low', confidence: 0.8 },
  ),
  'oxlint/no-invalid-remove-event-listener': sure(
    'The event listener is not removed',
    'A function that is made on the spot is never the one that was added. Keep the function in a variable and pass that.',
  ),
  'oxlint/parse-error': sure(
    'The file does not parse',
    'Nothing in it can run, and nothing in it was reviewed.',
    { severity: 'high', addsMessage: true, confidence: 0.95, topic: 'parse' },
  ),
  'ruff/parse-error': sure(
    'The file does not parse',
    'Nothing in it can run, and nothing in it was reviewed.',
    { severity: 'high', addsMessage: true, confidence: 0.95, topic: 'parse' },
  ),
  'ruff/F821': sure('A name is used that is defined nowhere', 'This raises a NameError when the line runs.', {
    severity: 'high',
    addsMessage: true,
  }),
  'ruff/F811': sure(
    'A definition is replaced before it is used',
    'The later one of the same name wins; the earlier never runs.',
    {
      addsMessage: true,
      confidence: 0.8,
    },
  ),
  'ruff/F632': sure(
    'is compares identity, not value',
    'Two equal texts or numbers can be different objects, so this can be false for equal values. Use `==`.',
  ),
  'ruff/B006': sure(
    'A default value is shared between calls',
    'The list or dictionary is made once: what one call puts in, the next one finds. Use `None` as the default and make it inside.',
  ),
  'ruff/B023': sure(
    'A function made in a loop sees the last value of the loop',
    'It reads the variable when it is called, not when it is made. Bind it as a default argument.',
  ),
  'ruff/B015': sure(
    'A comparison has no effect',
    'Its outcome is thrown away. An `assert`, an `=` or a `return` is probably missing.',
  ),
  'ruff/B018': sure(
    'An expression has no effect',
    'Its value is thrown away. A call or an assignment is probably missing.',
    {
      severity: 'low',
    },
  ),
  'ruff/B012': sure(
    'A finally block swallows exceptions',
    'A `return`, `break` or `continue` in `finally` drops any exception of the `try`.',
  ),
  'ruff/RUF006': sure(
    'A task can vanish before it is done',
    'The event loop keeps only a weak reference to a task. Keep the result of `create_task` until it is done.',
  ),
};
