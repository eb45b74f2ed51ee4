import type { RuleText, RuleTexts } from './rule-text.ts';

const typed = (title: string, body: string, more: Partial<RuleText> = {}): RuleText => ({
  title,
  body,
  severity: 'medium',
  confidence: 0.85,
  addsMessage: true,
  ...more,
});

const mismatch = typed(
  'A value has another type than is expected here',
  'The code that takes it is written for the other type and will do something else, or throw.',
);
const nullish = typed(
  'A value may be missing here',
  'When it is null or undefined, this line throws. Test for it first, or give a default.',
);
const constant = typed(
  'A condition always has the same outcome',
  'The types say that what is compared can never be equal, or never fails, so one of the two branches is dead.',
  { topic: 'constant-condition' },
);
const missing = typed('Required properties are missing', 'The code that reads them finds `undefined`.');
const unknown = typed(
  'There is no such property',
  'It reads as `undefined` when the program runs. Check the spelling, or add it to the type.',
);

/** What the logic reviewer says about TypeScript's own errors, by number. */
export const TYPE_RULES: RuleTexts = {
  TS1117: typed(
    'A key is given twice in one object',
    'The later value silently wins and the earlier one is lost.',
    {
      topic: 'duplicate-key',
      addsMessage: false,
    },
  ),
  TS2322: mismatch,
  TS2345: mismatch,
  TS2769: mismatch,
  TS2416: mismatch,
  TS2420: typed(
    'A class does not fulfil its interface',
    'Code that relies on the interface will fail on this class.',
  ),
  TS2339: unknown,
  TS2551: unknown,
  TS2353: typed('A property is set that nothing knows', 'It is probably misspelt, and then has no effect.'),
  TS2552: typed('There is no such name', 'This line throws a ReferenceError. Check the spelling.', {
    severity: 'high',
  }),
  TS2554: typed(
    'The call has the wrong number of arguments',
    'Missing ones are `undefined` inside the function; additional ones are ignored.',
  ),
  TS2555: typed('The call has too few arguments', 'Missing ones are `undefined` inside the function.'),
  TS2349: typed('What is called is no function', 'This line throws a TypeError.', { severity: 'high' }),
  TS2351: typed('What is constructed is no class', 'This line throws a TypeError.', { severity: 'high' }),
  TS2362: typed('Arithmetic on something that is no number', 'The result is NaN, or text put together.'),
  TS2363: typed('Arithmetic on something that is no number', 'The result is NaN, or text put together.'),
  TS2365: typed(
    'An operator is used on types that do not go together',
    'The result is not what it looks like.',
  ),
  TS2367: constant,
  TS2678: constant,
  TS2839: constant,
  TS2845: { ...constant, topic: 'nan' },
  TS2869: constant,
  TS2871: constant,
  TS2872: constant,
  TS2873: constant,
  TS2774: typed(
    'A function is tested instead of called',
    'A function is always truthy. The parentheses of a call are probably missing.',
  ),
  TS2801: typed(
    'A promise is tested instead of its result',
    'A promise is always truthy. An `await` is missing.',
    {
      severity: 'high',
      topic: 'promise-condition',
    },
  ),
  TS2448: typed('A variable is used before it is declared', 'This line throws a ReferenceError.', {
    severity: 'high',
  }),
  TS2454: typed('A variable is used before it has a value', 'It is `undefined` here on at least one path.'),
  TS2588: typed('A constant is assigned to', 'This throws a TypeError when it runs.', {
    severity: 'high',
    topic: 'constant-assigned',
  }),
  TS2540: typed('A read-only property is assigned to', 'Code elsewhere relies on it not changing.'),
  TS2341: typed('A private member is used from outside', 'The class may change it at any time.', {
    severity: 'low',
  }),
  TS2300: typed('A name is declared twice', 'One of the two is lost, or the file does not load.'),
  TS2451: typed('A name is declared twice', 'The file does not load.', { severity: 'high' }),
  TS2739: missing,
  TS2740: missing,
  TS2741: missing,
  TS2305: typed('A name is imported that the module does not export', 'The program does not start.', {
    severity: 'high',
  }),
  TS2614: typed('A name is imported that the module does not export', 'The program does not start.', {
    severity: 'high',
  }),
  TS2724: typed('A name is imported that the module does not export', 'The program does not start.', {
    severity: 'high',
  }),
  TS2531: nullish,
  TS2532: nullish,
  TS18047: nullish,
  TS18048: nullish,
  TS18049: nullish,
};
