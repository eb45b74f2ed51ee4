import { describe, expect, test } from 'vitest';
import { createAnalysis } from '../../../src/analysers/taint/analyse-files.ts';
import { JAVASCRIPT } from '../../../src/analysers/taint/javascript.ts';
import type { Flow } from '../../../src/analysers/taint/machine.ts';
import { parseScript } from '../../../src/analysers/taint/parse-script.ts';
import { indexRules } from '../../../src/analysers/taint/rule-index.ts';
import { WEAKNESSES } from '../../../src/analysers/taint/rules/weaknesses.ts';

const rules = indexRules(WEAKNESSES, JAVASCRIPT);

function analyse(files: Readonly<Record<string, string>>, path: string): readonly Flow[] {
  return createAnalysis(
    {
      has: (name) => Object.hasOwn(files, name),
      read: (name) => {
        const parsed = parseScript(name, files[name] ?? '');
        return parsed.kind === 'parsed' ? parsed : undefined;
      },
    },
    rules,
  )(path);
}

/** The body of a handler of Express, with `exec` and `fs` at hand. */
function inHandler(...lines: readonly string[]): readonly string[] {
  const text = [
    "import { exec } from 'node:child_process';",
    "app.get('/', async (req, res) => {",
    ...lines,
    '});',
  ].join('\n');
  return analyse({ 'a.ts': text }, 'a.ts').map(({ weakness, startLine }) => `${startLine - 2} ${weakness}`);
}

describe('data is followed', () => {
  test.each<[string, readonly string[]]>([
    ['through variables and templates', ['const name = req.query.name;', 'exec(`ls ${name}`);']],
    ['through destructuring with a default', ["const { name = 'x' } = req.query;", "exec('ls ' + name);"]],
    ['through renaming and nesting', ['const { body: { a: [first] } } = req;', "exec('ls ' + first);"]],
    [
      'through fields of objects',
      ["const options = { name: '' };", 'options.name = req.body.name; exec(options.name);'],
    ],
    ['through spreads', ['const all = { ...req.body };', "exec('ls ' + all.name);"]],
    ['through arrays and join', ["const parts = ['ls', req.query.name];", "exec(parts.join(' '));"]],
    ['through push', ["const parts = ['ls']; parts.push(req.query.name);", "exec(parts.join(' '));"]],
    [
      'through functions and what they return',
      ['const wrap = (text) => `ls ${text}`;', 'exec(wrap(req.query.name));'],
    ],
    [
      'through a parameter with a default',
      ['const wrap = (text, more = req.query.name) => text + more;', "exec(wrap('ls '));"],
    ],
    ['through map', ['const list = req.body.names.map((one) => one.trim());', "exec('ls ' + list[0]);"]],
    ['through promises', ['await Promise.resolve(req.body.name)', "  .then((name) => exec('ls ' + name));"]],
    [
      'through closures',
      ["let name = 'x'; const set = () => { name = req.query.name; }; set();", "exec('ls ' + name);"],
    ],
    [
      'through branches',
      ["let name = 'x'; if (req.query.name) name = req.query.name;", "exec('ls ' + name);"],
    ],
    ['through JSON.parse', ['const { name } = JSON.parse(req.body);', "exec('ls ' + name);"]],
  ])('%s', (_, lines) => {
    expect(inHandler(...lines)).toEqual(['2 command-injection']);
  });

  test('through members of classes, also those that the constructor sets', () => {
    const text = [
      "import { exec } from 'node:child_process';",
      'class Task {',
      '  constructor(private readonly name: string) {}',
      '  run() { exec(`ls ${this.name}`); }',
      '}',
      "app.get('/', (req) => new Task(req.query.name).run());",
    ].join('\n');
    expect(analyse({ 'a.ts': text }, 'a.ts')).toMatchObject([
      { weakness: 'command-injection', startLine: 4, origin: 'request' },
    ]);
  });

  test.each<[string, string]>([
    ['Express', "app.post('/', (request, response) => exec(request.body.a));"],
    [
      'a router under another name',
      "users.get('/', function (r, s) { });\nimport express from 'express';\nconst users = express.Router();\nusers.post('/', (a, b) => exec(a.body.x));",
    ],
    ['Fastify', "fastify.get('/', async (request) => exec(request.params.a));"],
    ['Koa', "router.get('/', async (ctx) => exec(ctx.request.body.a));"],
    ['Hono', "app.get('/:a', (c) => exec(c.req.param('a')));"],
    [
      'Next',
      'export async function POST(request: NextRequest) { const { a } = await request.json(); exec(a); }',
    ],
    [
      'Nest',
      "@Controller() export class Users { @Post() make(@Body() body: Body) { exec('x ' + body.name); } }",
    ],
    ['plain http', "import http from 'http';\nhttp.createServer((incoming, out) => exec(incoming.url));"],
    ['AWS Lambda', 'exports.handler = async (event) => exec(event.queryStringParameters.a);'],
  ])('from requests of %s', (_, text) => {
    const flows = analyse({ 'a.ts': `import { exec } from 'child_process';\n${text}` }, 'a.ts');
    expect(flows).toMatchObject([{ weakness: 'command-injection', origin: 'request' }]);
  });

  test('over files, and is reported with the whole way', () => {
    const files = {
      'src/server.ts':
        "import { show } from './show.js';\napp.get('/', (req, res) => {\n  show(req.query.name);\n});",
      'src/show.ts': "import { run } from '@/run';\nexport const show = (name) => run(`ls ${name}`);",
      'src/run.ts':
        "import { exec } from 'child_process';\nexport function run(command) {\n  exec(command);\n}",
    };
    const places = (path: string): unknown =>
      analyse(files, path).map(({ startLine, origin, steps }) => [
        startLine,
        origin,
        steps.map((step) => `${step.path}:${step.line}`),
      ]);
    const way = ['src/server.ts:3', 'src/show.ts:2', 'src/run.ts:2', 'src/run.ts:3'];
    expect(places('src/server.ts')).toEqual([[3, 'request', way]]);
  });

  test('never out of the program: other specifiers name packages', () => {
    const files = {
      'a.ts': "import { x } from '../../../etc/passwd';\nimport y from 'b.ts';\nx(y);",
      'b.ts': 'throw 1',
    };
    expect(analyse(files, 'a.ts')).toEqual([]);
  });
});

describe('guards', () => {
  test.each<[string, readonly string[]]>([
    ['a list', ["if (!['a', 'b'].includes(req.query.name)) return;", 'exec(req.query.name);']],
    [
      'a set in a positive branch',
      ["const known = new Set(['a']);", 'if (known.has(req.query.name)) exec(req.query.name);'],
    ],
    [
      'equality with one of two',
      ["if (req.query.name !== 'a' && req.query.name !== 'b') throw new Error();", 'exec(req.query.name);'],
    ],
    ['a switch', ["switch (req.query.name) { case 'a': case 'b':", 'exec(req.query.name); }']],
    [
      'a pattern from start to end',
      ['if (!/^[a-z]+$/.test(req.query.name)) return;', 'exec(`ls ${req.query.name}`);'],
    ],
    ['a conditional', ["const name = ['a'].includes(req.query.name) ? req.query.name : 'a';", 'exec(name);']],
    [
      'a replacement of what is wrong',
      ["let { name } = req.query; if (!known.includes(name)) name = 'a';", 'exec(name);'],
    ],
    [
      'a function that says whether it is fine',
      ['if (!isValidName(req.query.name)) return;', 'exec(req.query.name);'],
    ],
    [
      'a function of the program',
      [
        "const fine = (name) => ['a'].includes(name); if (!fine(req.query.name)) return;",
        'exec(req.query.name);',
      ],
    ],
    [
      'the answer in a variable',
      ["const isKnown = ['a'].includes(req.query.name); if (!isKnown) return;", 'exec(req.query.name);'],
    ],
    ['an assertion', ["assert(['a'].includes(req.query.name));", 'exec(req.query.name);']],
    ['a number', ['const port = Number(req.query.port);', 'exec(`lsof -i :${port}`);']],
    ['a table', ["const names = { a: 'ls', b: 'pwd' };", 'exec(names[req.query.name]);']],
  ])('%s makes it no finding', (_, lines) => {
    expect(inHandler(...lines)).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    [
      'a list that holds something else',
      ["if (!['a'].includes(req.query.other)) return;", 'exec(req.query.name);'],
    ],
    ['a pattern without an end', ['if (!/^[a-z]+/.test(req.query.name)) return;', 'exec(req.query.name);']],
    ['that there is any value', ['if (!req.query.name) return;', 'exec(req.query.name);']],
    ['its length', ['if (req.query.name.length > 10) return;', 'exec(req.query.name);']],
    [
      'the branch of what is not on the list',
      ["if (!['a'].includes(req.query.name))", 'exec(req.query.name);'],
    ],
  ])('%s does not', (_, lines) => {
    expect(inHandler(...lines)).toEqual(['2 command-injection']);
  });
});

describe('hostile programs', () => {
  test('names of Object.prototype are ordinary names', () => {
    const text =
      'constructor(toString.__proto__.valueOf()); a.hasOwnProperty.constructor(`${b}`); export const x = { __proto__: y };';
    expect(analyse({ 'a.ts': text }, 'a.ts')).toEqual([]);
  });

  test('functions that call each other without end are followed once', () => {
    const text = `${Array.from({ length: 60 }, (_, n) => `function f${n}(a) { ${Array.from({ length: 60 }, (_, m) => `f${m}(a + ${n});`).join(' ')} }`).join('\n')}\nf0(1);`;
    expect(() => analyse({ 'a.ts': text }, 'a.ts')).not.toThrow();
  });

  test('modules that import each other in a circle are followed', () => {
    const files = {
      'a.ts': "import { b } from './b';\nexport const a = () => b();",
      'b.ts': "import { a } from './a';\nexport const b = () => a();",
    };
    expect(analyse(files, 'a.ts')).toEqual([]);
  });
});
