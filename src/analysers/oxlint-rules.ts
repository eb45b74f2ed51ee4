/** Configuration of oxlint: rule names with their settings. */
export type OxlintRules = Readonly<Record<string, unknown>>;

const errors = (...names: readonly string[]): OxlintRules =>
  Object.fromEntries(names.map((name) => [name, 'error']));

/** Rules that prove a mistake from the syntax alone, chosen one by one for their precision. */
export const LOGIC_RULES: OxlintRules = {
  ...errors(
    'array-callback-return',
    'for-direction',
    'getter-return',
    'no-async-promise-executor',
    'no-class-assign',
    'no-compare-neg-zero',
    'no-const-assign',
    'no-constant-binary-expression',
    'no-debugger',
    'no-dupe-class-members',
    'no-dupe-else-if',
    'no-dupe-keys',
    'no-duplicate-case',
    'no-empty-character-class',
    'no-ex-assign',
    'no-func-assign',
    'no-global-assign',
    'no-import-assign',
    'no-invalid-regexp',
    'no-loss-of-precision',
    'no-obj-calls',
    'no-self-assign',
    'no-self-compare',
    'no-setter-return',
    'no-sparse-arrays',
    'no-this-before-super',
    'no-unexpected-multiline',
    'no-unreachable',
    'no-unsafe-finally',
    'no-unsafe-negation',
    'no-unsafe-optional-chaining',
    'no-useless-backreference',
    'use-isnan',
    'valid-typeof',
    'jest/no-focused-tests',
    'oxc/bad-array-method-on-arguments',
    'oxc/bad-char-at-comparison',
    'oxc/bad-comparison-sequence',
    'oxc/bad-min-max-func',
    'oxc/bad-object-literal-comparison',
    'oxc/bad-replace-all-arg',
    'oxc/const-comparisons',
    'oxc/double-comparisons',
    'oxc/erasing-op',
    'oxc/missing-throw',
    'oxc/number-arg-out-of-range',
    'oxc/uninvoked-array-callback',
    'typescript/no-misused-new',
    'typescript/no-non-null-asserted-optional-chain',
    'unicorn/no-await-in-promise-methods',
    'unicorn/no-invalid-fetch-options',
    'unicorn/no-invalid-remove-event-listener',
    'unicorn/no-thenable',
  ),
  // `while (true)` is an idiom.
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-cond-assign': ['error', 'except-parens'],
};

/** Rules that need types. */
export const TYPED_RULES: OxlintRules = {
  ...errors(
    'typescript/await-thenable',
    'typescript/no-array-delete',
    'typescript/no-floating-promises',
    'typescript/no-for-in-array',
    'typescript/no-unsafe-unary-minus',
  ),
  'typescript/no-misused-promises': ['error', { checksVoidReturn: false }],
};

/**
 * TypeScript's own errors that stand on what the code says, not on packages that are not installed here.
 *
 * Left out are "cannot find name", "cannot find module", implicit any and the like: without the repository's
 * node_modules they are noise. The number is TypeScript's: https://github.com/microsoft/TypeScript (diagnosticMessages.json)
 */
export const TYPE_ERRORS: ReadonlySet<string> = new Set([
  'TS1117', // two properties with one name
  'TS2300', // duplicate identifier
  'TS2305', // not exported
  'TS2322', // not assignable
  'TS2339', // no such property
  'TS2341', // private
  'TS2345', // argument not assignable
  'TS2349', // not callable
  'TS2351', // not constructable
  'TS2353', // unknown property in an object literal
  'TS2362', // arithmetic on what is no number
  'TS2363',
  'TS2365',
  'TS2367', // comparison without overlap
  'TS2416', // does not fit the base class
  'TS2420', // does not implement its interface
  'TS2448', // used before its declaration
  'TS2451', // redeclared
  'TS2454', // used before it is assigned
  'TS2531', // possibly null
  'TS2532', // possibly undefined
  'TS2540', // read-only
  'TS2551', // no such property, a similar one exists
  'TS2552', // no such name, a similar one exists
  'TS2554', // wrong number of arguments
  'TS2555',
  'TS2588', // assignment to a constant
  'TS2614', // not exported
  'TS2678', // case never matches
  'TS2724', // not exported, a similar one is
  'TS2739', // properties missing
  'TS2740',
  'TS2741',
  'TS2769', // no overload fits
  'TS2774', // function tested instead of called
  'TS2801', // promise tested instead of awaited
  'TS2839', // objects compared by reference
  'TS2845', // compared with NaN
  'TS2869', // left side of ?? never nullish
  'TS2871', // always nullish
  'TS2872', // always truthy
  'TS2873', // always falsy
  'TS18047', // possibly null
  'TS18048', // possibly undefined
  'TS18049',
]);

/** Whether an error says only that the declaration of a well-known global is not installed here. */
export function isAboutAmbientName(message: string): boolean {
  return AMBIENT.test(message);
}

/**
 * Whether an error names a view of bytes or what lies below it. TypeScript tells these apart by their memory since 5.7
 * and more strictly since 5.9, so what an older one accepts is an error to ours:
 * https://devblogs.microsoft.com/typescript/announcing-typescript-5-9/#lib.d.ts-changes
 */
export function isAboutViewOfBytes(message: string): boolean {
  return VIEW_OF_BYTES.test(message);
}

const VIEW_OF_BYTES =
  /\b(?:(?:Uint|Int|Float|BigInt|BigUint)\d+(?:Clamped)?Array|ArrayBufferView|DataView|Buffer)<|\bArrayBufferLike\b/;

/** Errors that stand even where the types of an imported package are not known. */
const TYPE_ERRORS_WITHOUT_IMPORTS: ReadonlySet<string> = new Set([
  'TS1117',
  'TS2300',
  'TS2448',
  'TS2451',
  'TS2454',
  'TS2552',
  'TS2554',
  'TS2555',
  'TS2588',
]);

/** Globals that type packages or a framework declare, which are not installed here. */
const AMBIENT =
  /^Cannot find name '(?:expect|jest|vi|vitest|describe|suite|it|test|specify|context|before|after|(?:before|after)(?:Each|All)|setup|teardown|assert|chai|should|sinon|cy|Cypress|Deno|Bun|chrome|browser|\$|jQuery|google|gapi|grecaptcha|React|JSX|angular|process|global|Buffer|__dirname|__filename|module|exports|require|define|_)'/;

const PLAIN_TYPE =
  /^(?:string|number|boolean|bigint|symbol|void|true|false|-?\d+|"[^"]*"|Promise<(?:string|number|boolean|void)>)$/;

/**
 * Whether an error stands although an imported package's types are not known: its kind does not depend on them, or
 * all types that its message quotes are plain ones, which nothing unknown turns into.
 */
export function standsWithoutImports(typeError: string, message: string): boolean {
  if (TYPE_ERRORS_WITHOUT_IMPORTS.has(typeError)) return true;
  if (!['TS2322', 'TS2345', 'TS2365', 'TS2367'].includes(typeError)) return false;
  const quoted = [...message.matchAll(/'([^']*)'/g)].map(([, type]) => type ?? '');
  const types = typeError === 'TS2365' ? quoted.slice(1) : quoted;
  return types.length > 0 && types.every((type) => type.split(' | ').every((part) => PLAIN_TYPE.test(part)));
}
