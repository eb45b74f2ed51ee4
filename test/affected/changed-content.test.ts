import { describe, expect, it } from 'vitest';
import { changedSelectors } from '../../src/affected/changed-selectors.ts';
import { affectedBy } from '../support/affected-by.ts';

const all = (text: string): ReadonlySet<number> => new Set(text.split('\n').map((_, index) => index + 1));
const selectors = (path: string, text: string, lines = all(text)): readonly string[] =>
  changedSelectors(path, text, lines);

describe('changedSelectors', () => {
  it('names the innermost rules on changed lines only', () => {
    const css =
      '.a { color: red }\n.b,\n.c > b:hover {\n  color: red;\n}\n@media (width > 9px) {\n  .d { color: red }\n}\n';
    expect(selectors('x.css', css, new Set([4]))).toEqual(['.b', '.c > b']);
    expect(selectors('x.css', css, new Set([7]))).toEqual(['.d']);
    expect(selectors('x.css', css, new Set([6]))).toEqual([]);
  });

  it('works the outer rules of SCSS into the inner ones', () => {
    const scss =
      '.card {\n  &__title { .big & { color: red } }\n  > a { color: red } // a note { not a rule }\n  @include x;\n}\n';
    expect(selectors('x.scss', scss, new Set([2]))).toEqual(['.big .card__title']);
    expect(selectors('x.scss', scss, new Set([3]))).toEqual(['.card > a']);
  });

  it('finds what modules and components make of a class', () => {
    expect(selectors('x.module.css', '.big-total { color: red }')).toEqual(['[class*="big-total"]']);
    const vue = '<template>\n<p/>\n</template>\n<style scoped>\n.a :deep(.b) { color: red }\n</style>\n';
    expect(selectors('x.vue', vue, new Set([5]))).toEqual(['.a .b']);
    expect(selectors('x.vue', vue, new Set([2]))).toEqual([]);
  });

  it('leaves out what every page has, and what matches nothing as it stands', () => {
    const css =
      ':root { --a: 1 }\n@keyframes x { from { color: red } }\n%y { color: red }\n.z-#{$i} { color: red }\n* { margin: 0 }\n';
    expect(selectors('x.scss', css)).toEqual([]);
  });

  it.each([
    ['{'.repeat(5000)],
    ['}'.repeat(5000)],
    [`${'.a,'.repeat(50_000)}.b { color: red }`],
    [`/* ${'*'.repeat(50_000)}`],
    [`"${'\\'.repeat(50_001)}`],
    [`${'.a { '.repeat(3000)}${'}'.repeat(3000)}`],
  ])('reads hostile styles in good time (%#)', (css) => {
    expect(selectors('x.css', css).length).toBeLessThan(100);
  });
});

describe('the texts of a change', () => {
  const base = {
    'package.json': '{ "dependencies": { "next": "1" } }',
    'app/page.tsx':
      'import a from "./some path";\nexport default () => <p title="Old title" className="px-4 py-2">Old words</p>;\n',
    'locales/en.json': '{\n  "pay": "Pay now",\n  "api_url": "https://x.test/a b"\n}\n',
    'src/App.vue':
      '<template>\n  <h1>Hello, {{ name }}! Nice day</h1>\n  <input placeholder="Your name">\n</template>\n',
  };
  const textsOf = async (path: keyof typeof base, text: string): Promise<readonly string[]> => {
    const { parts } = await affectedBy(base, { [path]: text });
    return parts.flatMap((part) => part.texts).toSorted();
  };

  it('are those of the base and of the head that people read', async () => {
    const text = base['app/page.tsx'].replace('Old title', 'New title').replace('Old words', 'New words');
    expect(await textsOf('app/page.tsx', text)).toEqual(['New title', 'New words', 'Old title', 'Old words']);
  });

  it('are the values of translations, not their keys', async () => {
    const text = base['locales/en.json'].replace('Pay now', 'Buy it now');
    expect(await textsOf('locales/en.json', text)).toEqual(['Buy it now', 'Pay now']);
  });

  it('are what stands between what a template fills in', async () => {
    const text = base['src/App.vue'].replace('Nice day', 'Good day').replace('Your name', 'Your full name');
    expect(await textsOf('src/App.vue', text)).toEqual(
      ['! Good day', '! Nice day', 'Hello,', 'Your full name', 'Your name'].filter((one) => one !== ''),
    );
  });
});

describe('the parts of a change', () => {
  it('say why a test or a text about the product cannot be seen', async () => {
    const base = { 'index.html': '<p>Hi there</p>', 'src/a.test.ts': '1;\n', 'README.md': 'Read me\n' };
    const { parts, sweep } = await affectedBy(base, { 'src/a.test.ts': '2;\n', 'README.md': 'Read it\n' });
    expect(parts.map(({ unseen }) => unseen)).toEqual([
      'it is documentation, no part of the product',
      'it is a test, no part of the product',
    ]);
    expect(sweep).toBe('nothing that changed is part of the product');
  });

  it('look everywhere when configuration changes, and still name the page that changes with it', async () => {
    const base = {
      'package.json': '{ "dependencies": { "next": "1" } }',
      'next.config.js': '1;\n',
      'pages/a.js': '1;\n',
    };
    const { routes, sweep } = await affectedBy(base, { 'next.config.js': '2;\n', 'pages/a.js': '2;\n' });
    expect(routes.map(({ pattern }) => pattern)).toEqual(['/a']);
    expect(sweep).toBe('next.config.js is configuration, which may affect every page');
  });

  it('give the lines of the head', async () => {
    const base = { 'index.html': '<p>One</p>\n<p>Two</p>\n<p>Three</p>\n' };
    const { parts } = await affectedBy(base, {
      'index.html': '<p>One</p>\n<p>2</p>\n<p>2½</p>\n<p>Three</p>\n',
    });
    expect(parts.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([[2, 3]]);
  });

  it('name the lines that a browser could run, on both sides, and none of other files', async () => {
    const before = 'import a from "a";\nexport const b = () => {\n  // Says a.\n  return a.old;\n};\n';
    const after = 'import a from "b";\nexport const b = () => {\n  // Says b.\n  return a.young;\n};\n';
    const base = { 'src/b.ts': before, 'src/b.css': 'p { color: red }\n', 'README.md': 'old words here\n' };
    const { parts } = await affectedBy(base, {
      'src/b.ts': after,
      'src/b.css': 'p { color: blue }\n',
      'README.md': 'new words here\n',
    });
    const codes = parts.flatMap(({ code }) => (code === undefined ? [] : [code]));
    expect(codes.flatMap(({ added }) => added)).toEqual([{ line: 4, text: '  return a.young;' }]);
    expect(codes.flatMap(({ removed }) => removed)).toEqual([{ line: 4, text: '  return a.old;' }]);
  });
});
