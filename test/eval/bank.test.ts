import { extname } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { applyEdit, changedFiles, copyApp } from '../../eval/verify/apply-variant.ts';
import { startApp } from '../../eval/verify/start-app.ts';
import { APPS, FAMILIES } from '../../examples/bank/variant.ts';
import { VARIANTS } from '../../examples/bank/variants.ts';

const SCRIPTS = ['.ts', '.js'];

function syntaxErrors(file: string, text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the bank of variants', () => {
  it.each(VARIANTS.map((variant) => [variant.id, variant] as const))(
    '%s applies and parses',
    async (_, variant) => {
      const files = await changedFiles(variant);
      expect(files.size).toBeGreaterThan(0);
      const scripts = [...files].filter(([file]) => SCRIPTS.includes(extname(file)));
      expect(scripts.flatMap(([file, text]) => syntaxErrors(file, text))).toEqual([]);
    },
  );

  it.each(FAMILIES)('holds at least five faults of the family “%s”', (family) => {
    const own = VARIANTS.filter((variant) => !variant.harmless && variant.family === family);
    expect(own.length).toBeGreaterThanOrEqual(5);
  });

  it('holds at least 48 faults and 24 harmless changes', () => {
    expect(VARIANTS.filter(({ harmless }) => !harmless).length).toBeGreaterThanOrEqual(48);
    expect(VARIANTS.filter(({ harmless }) => harmless).length).toBeGreaterThanOrEqual(24);
  });

  it.each(APPS)('starts %s from a copy, which answers', async (app) => {
    const copy = await copyApp(app);
    try {
      const running = await startApp(app, copy.folder);
      try {
        const response = await fetch(running.url);
        expect(response.status).toBe(200);
        expect(await response.text()).toContain('<title>');
      } finally {
        await running.stop();
      }
    } finally {
      await copy.remove();
    }
  });
});

describe('applyEdit', () => {
  const edit = { file: 'a.js', find: 'one', replace: 'two' };

  it('replaces text that stands there once', () => {
    expect(applyEdit('say one', edit, 'x')).toBe('say two');
  });

  it('refuses text that is gone, or there twice', () => {
    expect(() => applyEdit('say nothing', edit, 'x')).toThrow(/^x: a\.js has 0 times, not once: one$/);
    expect(() => applyEdit('one one', edit, 'x')).toThrow(/has 2 times/);
  });

  it('replaces every place when asked to, but not none', () => {
    expect(applyEdit('one one', { ...edit, all: true }, 'x')).toBe('two two');
    expect(() => applyEdit('none, no: nothing', { ...edit, find: 'three', all: true }, 'x')).toThrow(
      /at least once/,
    );
  });

  it('refuses an edit that changes nothing', () => {
    expect(() => applyEdit('one', { ...edit, replace: 'one' }, 'x')).toThrow(/changes nothing/);
  });
});
