const DEPTH = 100_000;
const repeated = (text: string, times: number): string => text.repeat(times);

/** A file that crashed or hung a parser or checker, or could. */
export interface Bomb {
  readonly path: string;
  readonly text: () => string;
  /** A parser gets it all the same: nothing in its bytes says what it does. */
  readonly isSubtle?: boolean;
}

const script = (text: () => string, more: Partial<Bomb> = {}): Bomb => ({
  path: 'src/bomb.ts',
  text,
  ...more,
});
const python = (text: () => string, more: Partial<Bomb> = {}): Bomb => ({
  path: 'src/bomb.py',
  text,
  ...more,
});
const subtle = { isSubtle: true };

/** A type that takes exponential time to compare. */
const TYPES = [
  'type Grow<T extends unknown[], N extends number> = T["length"] extends N ? T : Grow<[...T, [T, T]], N>;',
  'type Both<A, B> = A extends B ? (B extends A ? [A, B] : [Both<A[], B[]>, Both<B[], A[]>]) : [Both<A[], B>, Both<A, B[]>];',
  'export const grown: Grow<[], 900> = [] as unknown as Both<Grow<[], 800>, Grow<[], 700>>;',
].join('\n');

/** Every file that cost a tool its process or its time, by what it is. */
export const BOMBS: Readonly<Record<string, Bomb>> = {
  'nested brackets': script(() => repeated('[', DEPTH) + repeated(']', DEPTH)),
  'nested parentheses': script(() => repeated('(', DEPTH)),
  'nested braces on lines of their own': script(() => repeated('{\n', DEPTH)),
  'a chain of additions on short lines': script(
    () => `const a = 1;\nexport const x =\n${repeated('a+\n', DEPTH)}a;\n`,
  ),
  'a chain of calls': script(() => `export const x = a${repeated('.b()', 50_000)};\n`),
  'else-if branches': script(() => `if (a) {}\n${repeated('else if (a) {}\n', 20_000)}`),
  negations: script(() => `export const x = ${repeated(`${'!'.repeat(99)}\n`, 1000)}1;\n`),
  ternaries: script(() => `export const x = ${repeated('a ? b : ', 50_000)}c;\n`),
  'nested functions': script(() => repeated('function f() {\n', 20_000) + repeated('}\n', 20_000)),
  'nested templates': script(() => repeated('`${\n', 20_000) + repeated('}`\n', 20_000)),
  'nested elements': {
    path: 'src/bomb.tsx',
    text: () => `export const x = ${repeated('<a>\n', 20_000)}${repeated('</a>\n', 20_000)};\n`,
  },
  'one line of 150,000 statements': script(() => repeated('a = 1;', 150_000)),
  'a line of ten megabytes': script(() => repeated('a = 1;', 1_700_000)),
  'declarations by the hundred thousand': script(() => repeated('let a1 = 1;\n', 200_000)),
  'one long regular expression': script(() => `export const x = /${repeated('(a+)+b|', 17_000)}/;\n`),
  'a text of ten megabytes': script(() => `export const x = '${repeated('x', 10_000_000)}';\n`),
  'random bytes': script(() =>
    String.fromCharCode(...Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251)),
  ),
  'a chain of typeof': script(() => `export const x =\n${repeated('typeof\n', 60_000)}1;\n`, subtle),
  'ifs without braces': script(() => `${repeated('if (a)\n', 60_000)}b();\n`, subtle),
  'a type that grows': script(() => TYPES, subtle),
  'a workflow of aliases': {
    path: '.github/workflows/bomb.yml',
    text: () =>
      Array.from({ length: 40 }, (_, at) =>
        at === 0 ? 'a0: &a0 [x, x, x]' : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}, *a${at - 1}]`,
      ).join('\n'),
    ...subtle,
  },
  'a RUN of a megabyte': { path: 'Dockerfile', text: () => `FROM a\nRUN ${repeated('a && ', 100_000)}b\n` },
  'Python: parentheses': python(() => repeated('(', DEPTH)),
  'Python: parentheses on lines of their own': python(() => repeated('(\n', DEPTH)),
  'Python: a chain of additions': python(() => `x = (\n${repeated('a +\n', DEPTH)}a)\n`),
  'Python: a chain of not': python(() => `x = (\n${repeated('not\n', 60_000)}a)\n`, subtle),
  'Python: a chain of lambdas': python(() => `x = (\n${repeated('lambda:\n', 50_000)}a)\n`, subtle),
  'Python: texts in texts': python(() => `x = ${repeated('f"{', 1500)}a${repeated('}"', 1500)}\n`),
  'Python: texts in texts, less deep': python(
    () => `x = ${repeated('f"{', 240)}a${repeated('}"', 240)}\n`,
    subtle,
  ),
  'Python: a text with many places': python(
    () => `x = f"""\n${repeated('{a!r:>{b}}\n', 40_000)}"""\n`,
    subtle,
  ),
  'Python: nested blocks': python(
    () =>
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}if a:`).join('\n') +
      `\n${' '.repeat(400)}b()\n`,
    subtle,
  ),
};
