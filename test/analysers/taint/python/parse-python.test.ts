import { describe, expect, test } from 'vitest';
import { parsePython } from '../../../../src/analysers/taint/python/parse-python.ts';
import { findFlows, findWeaknesses } from '../../../support/find-weaknesses.ts';

const RUN = '9 python-command-injection';

/** A handler whose data goes through a few lines, the last of which is the ninth of the file. */
function handler(...lines: readonly string[]): string {
  const before = ['import os', 'import re', "@app.route('/')", 'def run():', "    data = request.args['x']"];
  const filled = lines.map((line) => `    ${line}`);
  const gap = Array.from({ length: 8 - before.length - filled.length }, () => '    pass');
  return [...before, ...gap, ...filled, '    os.system(command)', "    return ''", ''].join('\n');
}

describe('data is followed through', () => {
  test.each([
    ['a formatted string', "command = f'ls {data!r:>10}'"],
    ['strings side by side', "command = 'ls ' f'{data}'"],
    ['the operator %', "command = 'ls %s %s' % ('-l', data)"],
    ['the operator % with names', "command = 'ls %(name)s' % {'name': data}"],
    ['format', "command = 'ls {name}'.format(name=data)"],
    ['join', "command = ' '.join(['ls', data])"],
    ['a comprehension', "command = ' '.join([part.strip() for part in data.split(',') if part])"],
    ['several targets', 'first, (command, *rest) = 1, (data, 2)'],
    ['a chain of targets', 'command = other = data'],
    ['a dictionary', "command = {'a': data}.get('a')"],
    ['a conditional', "command = data if flag else 'ls'"],
    ['a slice', "command = 'ls ' + data[1:]"],
    ['a lambda', "command = (lambda name: 'ls ' + name)(data)"],
  ])('%s', (_what, line) => {
    expect(findWeaknesses({ 'a.py': handler(line) })).toEqual([RUN]);
  });

  test.each([
    ['an addition', ["command = 'ls '", 'command += data']],
    ['a loop over several names', ['for name, command in [(1, data)]:', '    pass']],
    ['a with statement', ['with opened(data) as file, other:', "    command = 'ls ' + data"]],
    ['a branch', ["if data == 'a': command = 'x'", "else: command = 'ls ' + data"]],
    ['an exception handler', ['try:', "    command = 'ls'", "except (A, B) as e: command = 'ls ' + data"]],
    [
      'a function with named arguments',
      ["def build(flag, name='a'): return 'ls ' + name", 'command = build(1, name=data)'],
    ],
  ])('%s', (_what, lines) => {
    expect(findWeaknesses({ 'a.py': handler(...lines) })).toEqual([RUN]);
  });

  test('classes: what the constructor keeps, methods use', () => {
    const text = [
      'import os',
      'class Job:',
      '    def __init__(self, name):',
      '        self.name = name',
      '    def run(self):',
      "        os.system('ls ' + self.name)",
      '',
    ].join('\n');
    expect(findWeaknesses({ 'a.py': text })).toEqual(['6 python-command-injection']);
  });

  test('files: relative, absolute and late imports', () => {
    const tools = "import os\n\ndef run(name):\n    os.system('ls ' + name)\n";
    for (const line of ['from .tools import run', 'from pkg.tools import run', 'from pkg import tools']) {
      const call = line.endsWith('run') ? 'run' : 'tools.run';
      const inside = `def view(request):\n    ${line}\n    ${call}(request.GET['x'])\n`;
      const outside = `${line}\n\ndef view(request):\n    ${call}(request.GET['x'])\n`;
      for (const text of [inside, outside]) {
        const flows = findFlows({ 'pkg/view.py': text, 'pkg/tools.py': tools, 'pkg/__init__.py': '' });
        expect(flows.map(({ path }) => path)).toEqual(['pkg/view.py']);
        expect(flows[0]?.steps.at(-1)).toMatchObject({ path: 'pkg/tools.py', line: 4 });
      }
    }
  });
});

describe('a guard ends a flow', () => {
  test.each([
    ['a list', ["if data not in ['a', 'b']: abort(400); return ''", "command = 'ls ' + data"]],
    ['digits', ["if not data.isdigit(): return ''", "command = 'ls ' + data"]],
    [
      'a pattern as a whole',
      [String.raw`if not re.fullmatch(r'[\w-]+', data): return ''`, "command = 'ls ' + data"],
    ],
    [
      'a compiled pattern',
      [String.raw`if not re.compile(r'^\w+\Z').match(data): return ''`, "command = 'ls ' + data"],
    ],
    ['a type', ["if not isinstance(data, int): return ''", "command = 'ls ' + data"]],
    ['a number', ["command = 'ls ' + str(int(data))"]],
    ['what is not allowed replaced', [String.raw`command = 'ls ' + re.sub(r'[^a-z]', '', data)`]],
    ['an assertion', ["assert data in ('a', 'b')", "command = 'ls ' + data"]],
  ])('%s', (_what, lines) => {
    expect(findWeaknesses({ 'a.py': handler(...lines) })).toEqual([]);
  });

  test('but not a pattern that only has to begin the text', () => {
    const lines = [String.raw`if not re.match(r'[a-z]+', data): return ''`, "command = 'ls ' + data"];
    expect(findWeaknesses({ 'a.py': handler(...lines) })).toEqual([RUN]);
  });
});

describe('parsePython', () => {
  test('goes on behind what is wrong, and refuses what is another language', () => {
    expect(parsePython('def f(:\n    pass\n\nx = 1\n').kind).toBe('parsed');
    expect(parsePython('<html>{% for a in b %}<p class="x">&amp;</p>{% endfor %}'.repeat(20)).kind).toBe(
      'invalid',
    );
  });

  test('keeps the offsets of the source', () => {
    const parsed = parsePython("x = 1\nrun('a')\n");
    if (parsed.kind === 'invalid') throw new Error(parsed.why);
    expect(parsed.program.body.map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [6, 14],
    ]);
  });
});
