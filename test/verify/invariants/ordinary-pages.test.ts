import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import { checkInvariants } from '../../../src/verify/invariants/invariants.ts';
import { pageTexts } from '../../../src/verify/invariants/page-texts.ts';
import type { PageModel } from '../../../src/verify/model/page-model.ts';
import { openModelReader } from '../../support/model-reader.ts';

const folder = new URL('../../fixtures/ordinary-pages/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.html'));
const reader = openModelReader();
const pages = new Map<string, PageModel>();

/** Steps that may lead from any page to any other. */
const STEPS: readonly Step[] = [
  { press: 'Escape' },
  { press: 'Tab' },
  { press: 'Enter' },
  { go: 'back' },
  { click: { role: 'link', name: 'Home' } },
  { click: { role: 'button', name: 'Next' } },
];

beforeAll(async () => {
  for (const name of names) pages.set(name, await reader.read(await readFile(new URL(name, folder), 'utf8')));
});
afterAll(() => reader.close());

describe('checkInvariants on ordinary pages', () => {
  it.each(names)('is quiet about %s', (name) => {
    const after = pages.get(name);
    if (after === undefined) throw new Error(`${name} was not read`);
    expect(pageTexts(after.nodes).length).toBeGreaterThan(4);
    expect(checkInvariants({ after })).toEqual([]);
  });

  it('is quiet whatever page comes after another', () => {
    const all = [...pages.values()];
    for (const [index, before] of all.entries()) {
      const after = all[(index + 1) % all.length] ?? before;
      for (const step of STEPS) expect(checkInvariants({ before, step, after })).toEqual([]);
    }
  });
});
