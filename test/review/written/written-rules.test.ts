import { describe, expect, test } from 'vitest';
import type { ChangedFile } from '../../../src/review/collect-change.ts';
import { changedLines } from '../../../src/review/place.ts';
import { editorSettings } from '../../../src/review/written/editorconfig.ts';
import { findBrokenRules } from '../../../src/review/written/find-broken-rules.ts';
import { diffOfTexts } from '../../support/diff-of-texts.ts';

type Texts = Readonly<Record<string, string>>;

describe('editorSettings', () => {
  const settings = (path: string, documents: Texts): Readonly<Record<string, string>> =>
    Object.fromEntries(
      [...editorSettings(path, new Map(Object.entries(documents)))].map(([name, { value }]) => [name, value]),
    );

  test('takes the last section that matches, at any depth where the pattern has no slash', () => {
    const text =
      'root = true\n\n[*]\nindent_style = space ; comment\nend_of_line = LF\n\n[*.{js,ts}]\nIndent_Style = tab\n\n[/lib/**.ts]\nend_of_line = unset\n\n[file{1..3}.md]\ncharset = utf-8\n';
    const documents = { '.editorconfig': text };
    expect(settings('a/b/c.ts', documents)).toEqual({ indent_style: 'tab', end_of_line: 'lf' });
    expect(settings('lib/x/c.ts', documents)).toEqual({ indent_style: 'tab' });
    expect(settings('a/file2.md', documents)).toMatchObject({ indent_style: 'space', charset: 'utf-8' });
    expect(settings('a/file4.md', documents)['charset']).toBeUndefined();
  });

  test('lets nearer files win, up to the one that says it is the root', () => {
    const documents = {
      '.editorconfig': '[*]\nindent_style = tab\ncharset = utf-8\n',
      'app/.editorconfig': 'root = true\n[*]\nindent_style = space\n',
      'other/.editorconfig': '[*]\nindent_style = tab\n',
    };
    expect(settings('app/a.ts', documents)).toEqual({ indent_style: 'space' });
    expect(settings('lib/a.ts', documents)).toEqual({ indent_style: 'tab', charset: 'utf-8' });
  });
});

const GOOD = 'export const one = 1;\n';
const AROUND: Texts = { 'src/a.ts': GOOD, 'src/b.ts': GOOD, 'src/c.ts': GOOD };

/** What is said of a change from `base` to `head`, beside unchanged files, under documents of the base. */
async function broken(
  documents: Texts,
  [base, head]: readonly [Texts, Texts],
  around: Texts = AROUND,
): Promise<readonly string[]> {
  const diff = diffOfTexts(base, head);
  const { added } = changedLines(diff);
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const files = diff.map(({ path, hunks }): ChangedFile => {
    const before = base[path];
    return {
      path,
      hunks: hunks.length,
      added: added.get(path) ?? new Set(),
      head: bytes(head[path] ?? ''),
      staged: bytes(head[path] ?? ''),
      suppressions: [],
      ...(before === undefined ? {} : { base: bytes(before) }),
    };
  });
  const tree = Object.entries({ ...around, ...head }).map(([path, text]) => ({
    path,
    kind: 'file' as const,
    bytes: text.length,
  }));
  const found = await findBrokenRules(
    { diff, files, tree, isIgnored: () => false },
    new Map(Object.entries(documents)),
    (paths) => Promise.resolve(new Map(paths.map((path) => [path, bytes(around[path] ?? base[path] ?? '')]))),
  );
  return found.map(({ rule, path, startLine, message }) => `${path}:${startLine} ${rule} ${message}`);
}

describe('findBrokenRules', () => {
  test.each([
    [
      'a last line without an end',
      'insert_final_newline = true',
      'export const x = 1;',
      1,
      'insert-final-newline',
    ],
    [
      'white space at the end',
      'trim_trailing_whitespace = true',
      'a();\nb(); \n',
      2,
      'trim-trailing-whitespace',
    ],
    ['a line that ends otherwise', 'end_of_line = lf', 'a();\nb();\r\nc();\n', 2, 'end-of-line'],
    ['a byte order mark', 'charset = utf-8', '\uFEFFa();\n', 1, 'charset'],
    ['another indentation', 'indent_style = space', 'if (a) {\n\tb();\n}\n', 2, 'indent-style'],
    ['a long line', 'max_line_length = 60', `a();\n${'b + '.repeat(16)}c;\n`, 2, 'max-line-length'],
  ])('holds .editorconfig against %s', async (_, setting, text, line, id) => {
    const config = { '.editorconfig': `root = true\n[*]\n${setting}\n` };
    expect(await broken(config, [{}, { 'src/new.ts': text }])).toEqual([
      `src/new.ts:${line} firsthand/written-${id} .editorconfig: ${setting}`,
    ]);
    expect(await broken(config, [{}, { 'src/new.ts': GOOD }])).toEqual([]);
    expect(await broken({}, [{}, { 'src/new.ts': text }])).toEqual([]);
  });

  test.each([
    ['- No default exports.', 'export default 1;\n', 'default-export'],
    ['Always use named exports in modules.', 'a();\nexport default class {}\n', 'default-export'],
    ["* Don't use `any`; take `unknown`.", 'export const f = (x: any) => x;\n', 'any'],
    ['Avoid enums.', 'export enum A { B }\n', 'enum'],
    ['1. Never use `console.log`.', 'console.log(1);\n', 'console'],
    ['Do not import `lodash`.', "import { map } from 'lodash/map';\n", 'forbidden-lodash'],
    ['Never call `Date.now()`.', 'const now = Date.now();\n', 'forbidden-Date-now'],
    ['Keep lines under 80 characters.', `${'a + '.repeat(22)}b;\n`, 'line-length'],
    ['A TODO must name its issue.', '// TODO later\n', 'todo'],
  ])('holds “%s” against the change', async (sentence, text, id) => {
    const found = await broken({ 'CONTRIBUTING.md': `# Style\n\n${sentence}\n` }, [
      {},
      { 'src/new.ts': text },
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`firsthand/written-${id} CONTRIBUTING.md: `);
  });

  test.each([
    ['a condition', 'No default exports, except for pages.'],
    ['a heading', '# No default exports'],
    ['a block of code', '```\nNo default exports.\n```'],
    ['a commit message', 'Never use `export default` in a commit message.'],
    ['the contrary', 'We like default exports.'],
  ])('takes no rule from %s', async (_, text) => {
    expect(await broken({ 'AGENTS.md': `${text}\n` }, [{}, { 'src/new.ts': 'export default 1;\n' }])).toEqual(
      [],
    );
  });

  const NO_DEFAULT = { 'AGENTS.md': 'No default exports.\n' };
  const added: readonly [Texts, Texts] = [{}, { 'src/new.ts': 'export default 1;\n' }];

  test('asks only what the file and its neighbours keep to', async () => {
    expect(await broken(NO_DEFAULT, added)).toHaveLength(1);
    expect(await broken(NO_DEFAULT, added, { ...AROUND, 'src/d.ts': 'export default 2;\n' })).toEqual([]);
    expect(await broken(NO_DEFAULT, added, { 'src/a.ts': GOOD })).toEqual([]);
    const old = 'export default 1;\n';
    expect(
      await broken(NO_DEFAULT, [{ 'src/new.ts': old }, { 'src/new.ts': `${old}export default 2;\n` }]),
    ).toEqual([]);
  });

  test('asks nothing of files outside of the folder that the document lies in', async () => {
    const document = { 'packages/a/AGENTS.md': 'No default exports.\n' };
    expect(await broken(document, added)).toEqual([]);
    const around = { 'packages/a/1.ts': GOOD, 'packages/a/2.ts': GOOD, 'packages/a/3.ts': GOOD };
    expect(await broken(document, [{}, { 'packages/a/new.ts': 'export default 1;\n' }], around)).toHaveLength(
      1,
    );
  });
});
