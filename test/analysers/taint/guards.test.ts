import { describe, expect, test } from 'vitest';
import { findFlows } from '../../support/find-weaknesses.ts';

const namesOf = (text: string): readonly string[] => [
  ...new Set(findFlows({ 'a.js': text }).map(({ weakness }) => weakness)),
];

/** The names of what is found in a handler that has the path of a request as `p`. */
const inHandler = (...lines: readonly string[]): readonly string[] =>
  namesOf(
    [
      "const fs = require('fs'), path = require('path');",
      "const ROOT = '/srv/www';",
      "app.get('/', (req, res) => {",
      'let p = req.query.path;',
      ...lines,
      '});',
    ].join('\n'),
  );

/** The same in a page that has a parameter of its address as `x`. */
const inPage = (...lines: readonly string[]): readonly string[] =>
  namesOf(["const x = new URLSearchParams(location.search).get('x');", ...lines].join('\n'));

const READ = 'fs.readFileSync(p);';
const READ_INSIDE = "fs.readFileSync(ROOT + '/' + p);";

describe('paths', () => {
  test.each<[string, readonly string[]]>([
    ['a first character that is compared', ["if (!p.includes('..') && p[0] !== '/') fs.readFileSync(p);"]],
    ['charAt', ["if (p.includes('..') || p.charAt(0) === '/') return;", READ]],
    [
      'a slice that is compared',
      ['p = path.join(ROOT, p);', 'if (p.slice(0, ROOT.length) !== ROOT) return;', READ],
    ],
    [
      'the first piece',
      ["if (path.normalize(p).split('/')[0] === '..') return;", 'p = path.basename(p);', READ],
    ],
    [
      'a package that asks',
      ['p = path.resolve(ROOT, p);', "if (!require('path-is-inside')(p, ROOT)) return;", READ],
    ],
    ['split and join', ["p = p.split('..').join('');", READ_INSIDE]],
    ['a loop until nothing is left', ["while (p.includes('..')) p = p.replace('..', '');", READ_INSIDE]],
    ['pieces that are asked', ["if (p.split('/').some((one) => one === '..')) return;", READ_INSIDE]],
    ['a pattern that finds two dots', ['if (/(^|\\/)\\.\\.(\\/|$)/.test(p)) return;', READ_INSIDE]],
    ['a pattern that finds both', ['if (/\\.\\.|^\\//.test(p)) return;', READ]],
    ['the base of a parsed path', ['p = path.parse(p).base;', READ_INSIDE]],
    ['the last piece', ["p = p.split('/').pop();", READ_INSIDE]],
    ['a beginning together with no dots', ["if (!p.startsWith(ROOT) || p.includes('..')) return;", READ]],
    [
      'the way from the folder',
      ['p = path.relative(ROOT, p);', "if (!p.startsWith('..')) fs.readFileSync(ROOT + '/' + p);"],
    ],
    ['a position in a variable', ["const at = p.indexOf('..');", 'if (at !== -1) return;', READ_INSIDE]],
    ['branches that replace it', ["if (p === 'a') p = 'a.txt'; else p = 'b.txt';", READ]],
    ['a check that throws, in a try', ['try { if (!ALLOWED.has(p)) throw p; } catch { return; }', READ]],
    ['a program that ends', ["if (p.includes('..')) { process.exit(1); }", READ_INSIDE]],
  ])('%s: nothing is found', (_, lines) => {
    expect(inHandler(...lines)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['a beginning alone', ['if (!p.startsWith(ROOT)) return;', READ]],
    ['no dots alone', ["if (p.includes('..')) return;", READ]],
    [
      'no dots, and a part that may be absolute',
      ["if (p.includes('..')) return;", "fs.readFileSync(path.resolve('/home', p));"],
    ],
    ['a resolved path', ['p = path.resolve(p);', READ]],
    ['that the file is there', ['if (!fs.existsSync(p)) return;', READ]],
    ['a branch that leaves it', ["if (p === 'a') p = 'a.txt';", READ]],
    ['a branch that returns', ["if (p === 'a') { p = 'a.txt'; return; }", READ]],
    [
      'a check in a try whose handler goes on',
      ['try { assertSafe(p); } catch (error) { log(error); }', READ],
    ],
    ['a loop that is left half-way', ["while (p.includes('..')) { break; }", READ_INSIDE]],
  ])('%s: it is found', (_, lines) => {
    expect(inHandler(...lines)).toContain('path-traversal');
  });
});

describe('pages', () => {
  test.each<[string, readonly string[]]>([
    ['writing a property, and reading none', ["$('#a').html($('#b').attr('title', x).length);"]],
    [
      'what has a property of nodes',
      ["const y = localStorage.getItem('y');", 'if (y.nodeType) $(y).show();'],
    ],
    [
      'what is no text',
      ["if (typeof x === 'object') $(x).show();", "if (typeof x !== 'string') $(x).hide();"],
    ],
    [
      'an address of its own',
      ['location.href = location.href;', "location.href = location.pathname + '?a=1';"],
    ],
    ['a second slash that is refused', ["if (x.startsWith('/') && x[1] !== '/') location.href = x;"]],
    ['a hash, which begins with its sign', ["$(location.hash + '-tab').show();"]],
    [
      'a property that was replaced',
      ['function f(o) { o.text = ""; document.body.innerHTML = "<b>" + o.text; }'],
    ],
    ['markup that a caller hands over', ['export function show(el, html) { el.innerHTML = html; }']],
    [
      'an exception that knows nothing',
      ["try { go('x'); } catch (e) { document.body.innerHTML = e.message; }"],
    ],
  ])('%s: nothing is found', (_, lines) => {
    expect(inPage(...lines)).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    [
      'the message of an exception',
      'dom-xss',
      ['try { go(x); } catch (e) { document.body.innerHTML = e.message; }'],
    ],
    ['the error of a callback', 'dom-xss', ['load(x, (err) => { document.body.innerHTML = err; });']],
    [
      'a part of the address of the page',
      'open-redirect',
      ["location.href = location.href.split('?u=')[1];"],
    ],
    [
      'the text of a script',
      'code-injection',
      ["const s = document.createElement('script');", 's.text = x;'],
    ],
    ['a handler as an attribute', 'code-injection', ["document.body.setAttribute('onload', x);"]],
    ['an address as an attribute', 'script-url', ["document.getElementById('a').setAttribute('href', x);"]],
    ['an expression of AngularJS', 'code-injection', ['$scope.$eval($location.search().x);']],
    [
      'the field of an event',
      'dom-xss',
      ["$('#a').on('input', (e) => { document.body.innerHTML = e.target.value; });"],
    ],
  ])('%s: it is found', (_, name, lines) => {
    expect(inPage(...lines)).toContain(name);
  });
});

describe('commands', () => {
  test.each<[string, readonly string[]]>([
    ['a whole command of the caller', ['export const run = (command) => exec(command);']],
    [
      'quotes of a shell',
      ["export const rm = (f) => exec('rm ' + \"'\" + f.replace(/'/g, \"'\\\\''\") + \"'\");"],
    ],
    ['a file that is there', ["export function rm(f) { if (!existsSync(f)) return; exec('rm ' + f); }"]],
    ['the program itself', ["exec('node ' + process.argv[1]);"]],
  ])('%s: nothing is found', (_, lines) => {
    expect(
      namesOf(
        ["import { exec } from 'child_process';", "import { existsSync } from 'fs';", ...lines].join('\n'),
      ),
    ).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['a format', ["import util from 'util';", "export const rm = (f) => exec(util.format('rm -rf %s', f));"]],
    [
      'a list in order',
      ["export function rm(f) { const parts = ['rm']; parts.push(f); exec(parts.join(' ')); }"],
    ],
    ['what someone typed', ["exec('rm ' + process.argv[2]);"]],
  ])('%s: it is found', (_, lines) => {
    expect(namesOf(["import { exec } from 'child_process';", ...lines].join('\n'))).toContain(
      'command-injection',
    );
  });
});
