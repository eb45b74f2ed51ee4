import { describe, expect, test } from 'vitest';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import type { ReviewCategory } from '../../src/domain/finding.ts';
import { invariant } from '../../src/lib/invariant.ts';
import type { Analyser } from '../../src/review/ports.ts';
import { stageAndAnalyse } from '../support/stage-and-analyse.ts';

const { analysers, stager } = await createAnalysers();

function find(tool: string, category: ReviewCategory): Analyser {
  const analyser = analysers.find((one) => one.name.startsWith(`${tool} `) && one.category === category);
  invariant(analyser !== undefined, `${tool} is there`);
  return analyser;
}

async function rulesAt(
  analyser: Analyser,
  texts: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { diagnostics } = await stageAndAnalyse(analyser, stager, texts);
  return diagnostics.map(({ rule, path, startLine }) => `${path}:${startLine} ${rule}`).sort();
}

describe('oxlint for logic', () => {
  test('reports a file that does not parse as not analysed, and analyses the others', async () => {
    const result = await stageAndAnalyse(find('oxlint', 'logic'), stager, {
      'bad.ts': 'const = {;',
      'good.ts': 'debugger;',
    });
    expect(result.notAnalysed).toEqual([
      { path: 'bad.ts', reason: expect.stringMatching(/^does not parse: /) },
    ]);
    expect(result.diagnostics.map(({ path, rule }) => `${path}: ${rule}`).toSorted()).toEqual([
      'bad.ts: oxlint/parse-error',
      'good.ts: oxlint/no-debugger',
    ]);
  });

  test('points at both of two equal keys', async () => {
    const { diagnostics } = await stageAndAnalyse(find('oxlint', 'logic'), stager, {
      'a.js': 'export const a = {\n  key: 1,\n  other: 2,\n  key: 3,\n};\n',
    });
    expect(diagnostics).toMatchObject([{ rule: 'oxlint/no-dupe-keys', startLine: 2, alsoLines: [4] }]);
  });

  test('lets tests make objects that look like promises', async () => {
    const text = 'export const fake = { then: (done: () => void) => done() };\n';
    expect(await rulesAt(find('oxlint', 'logic'), { 'src/a.ts': text, 'src/a.test.ts': text })).toEqual([
      'src/a.ts:1 oxlint/no-thenable',
    ]);
  });
});

describe('tsgolint', () => {
  test('finds floating promises and type errors across files, without the packages that are imported', async () => {
    const texts = {
      'src/save.ts': 'export async function save(order: { id: number }): Promise<void> { void order; }\n',
      'src/main.ts': [
        'import express from "express";',
        'import { readFile } from "node:fs/promises";',
        'import { save } from "./save.ts";',
        'const app = express();',
        'app.get("/", (request, response) => response.send(request.query.id));',
        'save({ id: "7" });',
        'export const text: string = await readFile("a", "utf8");',
        'describe("x", () => {});',
      ].join('\n'),
    };
    expect(await rulesAt(find('tsgolint', 'logic'), texts)).toEqual([
      'src/main.ts:6 oxlint/no-floating-promises',
      'src/main.ts:6 tsc/TS2322',
    ]);
  });

  test('does not report what may only come of a package that is not there', async () => {
    const texts = {
      'schema.ts':
        'import { z } from "zod";\nexport const shape = z.object({ id: z.number() });\nexport type Shape = z.infer<typeof shape>;\n',
      'use.ts':
        'import type { Shape } from "./schema.ts";\nexport const pick = (s: Pick<Shape, "id">): { id: number } => ({ ...s, id: s.id as unknown });\n',
      'own.ts':
        'export const pick = (s: { id: number }): { id: number } => ({ ...s, id: s.id as unknown });\n',
    };
    expect(await rulesAt(find('tsgolint', 'logic'), texts)).toEqual(['own.ts:1 tsc/TS2322']);
  });

  test('asks tests to wait for their assertions only', async () => {
    const text = [
      'declare function expect(x: unknown): { resolves: { toBe(y: unknown): Promise<void> } };',
      'const work = Promise.resolve(1);',
      'work.then(() => 2);',
      'expect(work).resolves.toBe(1);',
      'export {};',
    ].join('\n');
    expect(await rulesAt(find('tsgolint', 'logic'), { 'a.ts': text, 'a.test.ts': text })).toEqual([
      'a.test.ts:4 oxlint/no-floating-promises',
      'a.ts:3 oxlint/no-floating-promises',
      'a.ts:4 oxlint/no-floating-promises',
    ]);
  });

  test('does not take a global of a test runner for a misspelt name', async () => {
    const text = 'export const expected = 1;\nexpect(expected);\nexport const b = expectd;\n';
    expect(await rulesAt(find('tsgolint', 'logic'), { 'a.test.ts': text })).toEqual([
      'a.test.ts:3 tsc/TS2552',
    ]);
  });

  test('leaves kinds of byte arrays alone, which older compilers do not tell apart', async () => {
    const text = [
      'export const hash = (data: ArrayBuffer | ArrayBufferView) => crypto.subtle.digest("SHA-1", data);',
      'export const take = (data: ArrayBuffer): number => data.byteLength;',
      'export const size = take(new Uint8Array(1));',
      'export const wrong = take("text");',
    ].join('\n');
    expect(await rulesAt(find('tsgolint', 'logic'), { 'a.ts': text })).toEqual(['a.ts:4 tsc/TS2345']);
  });

  test('names errors that exist only under strict null checks apart', async () => {
    const text =
      'export const first = (list: string[]) => list.find((x) => x !== "")!.length;\nexport const n = (x?: string) => x.length;\n';
    expect(await rulesAt(find('tsgolint', 'logic'), { 'a.ts': text })).toEqual(['a.ts:2 tsc-strict/TS18048']);
  });
});

describe('ruff', () => {
  test('reports raw SQL only when what it is given is not a literal', async () => {
    const text = [
      'from django.db.models.expressions import RawSQL',
      'def run(rows, name):',
      '    rows.annotate(total=RawSQL("select 1", []))',
      '    rows.annotate(total=RawSQL("select " + name, []))',
    ].join('\n');
    expect(await rulesAt(find('ruff', 'security'), { 'tools/run.py': text })).toEqual([
      'tools/run.py:4 ruff/S611',
    ]);
  });

  test('finds names that are defined nowhere, and reports what does not parse', async () => {
    const result = await stageAndAnalyse(find('ruff', 'logic'), stager, {
      'a.py': 'def f(items=[]):\n    return missing + items\n',
      'b.py': 'def f(:\n',
    });
    expect(result.diagnostics.map(({ rule }) => rule).sort()).toEqual([
      'ruff/B006',
      'ruff/F821',
      'ruff/parse-error',
    ]);
    expect(result.notAnalysed.map(({ path }) => path)).toEqual(['b.py']);
  });
});

describe('secretlint', () => {
  // Put together here, so that no scanner takes this file for a leak.
  const slack = ['xoxb', '263594206564', '2343594206574', 'FGqddMF8t08v8N7Oq4i57vs1'].join('-');
  const aws = `AKIA${'IOSFODNN7QWERTYU'}`;

  test('finds secrets in any text file, never repeats them, and obeys no comment', async () => {
    const result = await stageAndAnalyse(find('secretlint', 'security'), stager, {
      'config/app.json': `{\n  "slack": "${slack}"\n}\n`,
      '.env': `DEBUG=1\nAWS=${aws}\nSESSION_SECRET=q8Zr2LmX9vTb4KcW7nYp\n`,
      'a.ts': `/* secretlint-disable */\n// secretlint-disable-next-line\nexport const t = '${slack}';\n`,
      'README.md': `Set \`SLACK_TOKEN\` to xoxb-your-token and AWS to AKIAIOSFODNN7EXAMPLE.\n`,
    });
    expect(
      result.diagnostics.map(({ rule, path, startLine }) => `${path}:${startLine} ${rule}`).sort(),
    ).toEqual([
      '.env:2 secrets/aws-access-key-id',
      '.env:3 secrets/named-value',
      'a.ts:3 secretlint/slack',
      'config/app.json:2 secretlint/slack',
    ]);
    expect(JSON.stringify(result)).not.toContain('FGqddMF8');
    expect(JSON.stringify(result)).not.toContain('q8Zr2LmX');
  });

  test('says nothing about names, addresses and placeholders', async () => {
    const text = [
      'const token = "process.env.SLACK_TOKEN";',
      'const apiKey = "your-api-key-goes-here-1";',
      'const passwordField = "login.form.password-input2";',
      'const secretName = "projects/acme/secrets/stripe/versions/latest";',
      'const tokenUrl = "https://login.example.com/oauth2/v2.0/token";',
      'const tokenType = "access_token_response_v2";',
    ].join('\n');
    expect(await rulesAt(find('secretlint', 'security'), { 'src/a.ts': text })).toEqual([]);
  });
});

describe('biome', () => {
  test('reports matters of style by rule', async () => {
    const text = 'let total = 1;\nvar rate = 2;\nexport const sum = total + rate == 3;\n';
    expect(await rulesAt(find('biome', 'style'), { 'a.ts': text })).toEqual([
      'a.ts:1 biome/useConst',
      'a.ts:2 biome/noVar',
      'a.ts:3 biome/noDoubleEquals',
    ]);
  });
});

describe('createAnalysers', () => {
  test.each(['network namespace', 'process limits only', 'process group only'] as const)(
    'says which confinement is in use, and works with "%s" too',
    async (rung) => {
      const weaker = await createAnalysers({ rungs: [rung] });
      expect(weaker.sandbox).not.toContain('bubblewrap');
      const analyser = weaker.analysers.find(({ takesAnyText }) => takesAnyText === true);
      invariant(analyser !== undefined, 'secretlint is there');
      const result = await stageAndAnalyse(analyser, weaker.stager, {
        a: '-----BEGIN RSA PRIVATE KEY-----\n',
      });
      expect(result.notAnalysed).toEqual([]);
    },
  );
});
