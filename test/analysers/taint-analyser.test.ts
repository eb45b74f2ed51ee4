import { describe, expect, test } from 'vitest';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import { invariant } from '../../src/lib/invariant.ts';
import { stageAndAnalyse } from '../support/stage-and-analyse.ts';

const { analysers, stager } = await createAnalysers({ timeoutMs: 20_000 });
const taint = analysers.find(({ name }) => name.startsWith('taint '));
invariant(taint !== undefined, 'the analyser is there');

const RUN =
  "import { exec } from 'node:child_process';\nexport const run = (command: string) => {\n  exec(command);\n};\n";
const SERVER =
  "import { run } from './run.js';\napp.get('/', (req, res) => {\n  run(`ping ${req.query.host}`);\n});\n";

describe('the analyser of flows, in its child', () => {
  test('finds a flow over two files, with our text and the whole way', async () => {
    const { diagnostics, notAnalysed } = await stageAndAnalyse(taint, stager, {
      'src/run.ts': RUN,
      'src/server.ts': SERVER,
    });
    expect(notAnalysed).toEqual([]);
    const found = diagnostics.find(({ path }) => path === 'src/server.ts');
    expect(found).toMatchObject({ rule: 'taint/command-injection', startLine: 3 });
    expect(found?.text?.body).toMatch(/CWE-78/);
    expect(found?.trace?.map(({ path, line }) => `${path}:${line}`)).toEqual([
      'src/server.ts:3',
      'src/run.ts:2',
      'src/run.ts:3',
    ]);
  });

  test('a file that does not parse, and one that is nested too deep, cost themselves only', async () => {
    const { diagnostics, notAnalysed } = await stageAndAnalyse(taint, stager, {
      'a.ts': 'let x = ;',
      'bomb.ts': '['.repeat(100_000),
      'good.js': "app.get('/', (req, res) => res.redirect(req.query.to));",
    });
    expect(notAnalysed.map(({ path }) => path).sort()).toEqual(['a.ts', 'bomb.ts']);
    expect(diagnostics.map(({ path }) => path)).toEqual(['good.js']);
  });
});
