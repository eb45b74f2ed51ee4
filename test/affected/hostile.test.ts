import { describe, expect, it } from 'vitest';
import { createResolver } from '../../src/affected/create-resolver.ts';
import { parseJsonc } from '../../src/affected/parse-jsonc.ts';
import { readPathAliases } from '../../src/affected/path-aliases.ts';
import { openScriptReader } from '../../src/analysers/create-analysers.ts';
import { affectedBy } from '../support/affected-by.ts';

const resolver = (files: readonly string[], texts: Readonly<Record<string, string>> = {}) =>
  createResolver({
    files: new Set(files),
    aliases: readPathAliases(new Map(Object.entries(texts))),
    packages: [],
  });

describe('a hostile repository', () => {
  it('does not lead the resolver out of its files', () => {
    const resolve = resolver(['src/a.ts', 'etc/passwd'], {
      'tsconfig.json':
        '{ "extends": "../../outside.json", "compilerOptions": { "baseUrl": "../..", "paths": { "@x/*": ["../../etc/*"] } } }',
    });
    const names = [
      '../../etc/passwd',
      '../../../etc/passwd',
      '@x/passwd',
      'file:///etc/passwd',
      '//etc/passwd',
      'x'.repeat(100_000),
      `./${'../'.repeat(5000)}etc/passwd`,
      '',
      '#',
      '?',
      '!',
    ];
    expect(names.map((name) => resolve('src/a.ts', name))).toEqual(names.map(() => undefined));
  });

  it('may extend its configuration in a circle', () => {
    const texts = {
      'tsconfig.json': '{ "extends": "./b.json", "compilerOptions": { "paths": { "a/*": ["src/*"] } } }',
      'tsconfig.b.json': '{ "extends": ["./tsconfig.json", "./tsconfig.b.json"] }',
    };
    expect(resolver(['src/x.ts'], texts)('y.ts', 'a/x')).toBe('src/x.ts');
  });

  it('may write what is no JSON', () => {
    expect(
      ['{', '"', '/*', '[1,]', '{"a": "// no comment", /* but this */ "b": 1,}'].map(parseJsonc),
    ).toEqual([undefined, undefined, undefined, [1], { a: '// no comment', b: 1 }]);
  });

  it('may import in circles, and itself', async () => {
    const files = {
      'index.html': '<script src="a.js"></script>',
      'a.js': "import './b.js'; import './a.js';\n",
      'b.js': "export * from './c.js'; import './a.js';\n",
      'c.js': "export * from './b.js'; export const x = 1; import { x as y } from './b.js';\n",
    };
    const { routes } = await affectedBy(files, { 'c.js': `${files['c.js']}\n` });
    expect(routes.map(({ pattern, distance }) => [pattern, distance])).toEqual([['/', 2]]);
  });

  it('may declare routes that hold themselves', async () => {
    const files = {
      'package.json': '{ "dependencies": { "vue-router": "4", "express": "5" } }',
      'routes.js':
        "const a = [{ path: 'x', component: B, children: a }, ...a];\nconst b = c, c = b;\nexport default b;\n",
      'app.js':
        "app.use('/a', app); app.use('/b', other); other.use('/c', app); app.get('/d', () => 1);\nconst app = express(); const other = express();\n",
    };
    const { routes } = await affectedBy(files, { 'app.js': `${files['app.js']}\n` });
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.length).toBeLessThan(100);
  });

  it('may have a prototype for a name', async () => {
    const files = {
      'package.json': '{ "dependencies": { "react-router": "7" }, "exports": { "__proto__": "x" } }',
      'a.jsx':
        'const r = [{ path: constructor.name, element: <toString/> }, { path: "__proto__", element: <hasOwnProperty/> }];\n',
    };
    await expect(affectedBy(files, { 'a.jsx': `${files['a.jsx']}\n` })).resolves.toBeDefined();
  });

  it('may have minified files, which are not read', async () => {
    const files = {
      'index.html': '<script src="a.js"></script>',
      'a.js': `import "./b.js";${'x();'.repeat(10_000)}`,
      'b.js': '1;\n',
    };
    const { sweep } = await affectedBy(files, { 'b.js': '2;\n' });
    expect(sweep).toMatch(/no known route uses b\.js/);
  });

  it('may have ten thousand files', async () => {
    const files: Record<string, string> = {
      'index.html': '<script type="module" src="/src/f0.js"></script>',
    };
    for (let at = 0; at < 10_000; at++) files[`src/f${at}.js`] = `import './f${at + 1}.js';\n`;
    const { routes } = await affectedBy(files, { 'src/f9999.js': '1;\n' });
    expect(routes.map(({ pattern, distance }) => [pattern, distance])).toEqual([['/', 10_000]]);
  });

  it('costs only the file that crashes the parser, whose imports are read by their text', async () => {
    const files = {
      'index.html': '<script type="module" src="a.js"></script>',
      'a.js': "import './deep.js';\n",
      'deep.js': `import './b.js';\nconst x = ${'['.repeat(15_000)}${']\n'.repeat(15_000)};\n`,
      'b.js': '1;\n',
    };
    const { routes } = await affectedBy(files, { 'b.js': '2;\n' }, await openScriptReader(20_000));
    expect(routes.map(({ pattern, via }) => [pattern, via])).toEqual([
      ['/', ['b.js', 'deep.js', 'a.js', 'index.html']],
    ]);
  }, 60_000);
});
