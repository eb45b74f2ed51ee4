import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import { compareStates } from '../../../src/verify/compare/compare-states.ts';
import type { Divergence, DivergenceKind } from '../../../src/verify/compare/divergence.ts';
import { createKnowledge } from '../../../src/verify/compare/knowledge.ts';
import type { PageModel } from '../../../src/verify/model/page-model.ts';
import { toSite } from '../../../src/verify/site.ts';
import { pageModel } from '../../support/page-models.ts';

export const SITES = { base: toSite('https://main.app.test/'), head: toSite('https://pr-7.app.test/') };

/** What one side shows, and what it did beside; `path` is where it is. */
export type Side =
  | string
  | ({ readonly tree: string; readonly path?: string } & Partial<Omit<PageModel, 'url' | 'nodes'>>);

/** A walk of both sides: what they show at first, then after each step. A side left out shows what the base shows. */
export interface Walk {
  readonly open: { readonly base: Side; readonly head?: Side };
  readonly steps?: readonly { readonly step: Step; readonly base: Side; readonly head?: Side }[];
}

/** What the judge finds on a walk, step by step. */
export function judgeWalk({ open, steps = [] }: Walk): readonly Divergence[] {
  const knowledge = createKnowledge();
  let before = momentOf(open.base, open.head);
  const found = [...compareStates({ step: { goto: '/' }, after: before }, knowledge, SITES)];
  for (const { step, base, head } of steps) {
    const after = momentOf(base, head);
    found.push(...compareStates({ before, step, after }, knowledge, SITES));
    before = after;
  }
  return found;
}

function momentOf(base: Side, head: Side = base): { readonly base: PageModel; readonly head: PageModel } {
  return { base: toModel(base, SITES.base.root), head: toModel(head, SITES.head.root) };
}

function toModel(side: Side, root: URL): PageModel {
  const { tree, path = '/', ...facts } = typeof side === 'string' ? { tree: side } : side;
  return pageModel(tree, { url: new URL(path, root).href, ...facts });
}

export function click(name: string, role = 'button', nth = 0): Step {
  return { click: { role, name, nth } };
}

export function type(field: string, value: string): Step {
  return { fill: { field: { role: 'textbox', name: field, nth: 0 }, value } };
}

/** A walk on which the head does something wrong. */
export interface Fault extends Walk {
  /** Completes “finds …”. */
  readonly says: string;
  readonly kind: DivergenceKind;
  readonly what: RegExp;
}

/** Every fault is found, and told in few words. */
export function testFaults(faults: readonly Fault[]): void {
  describe('compareStates', () => {
    it.each(faults)('finds $says', ({ kind, what, ...walk }) => {
      const found = judgeWalk(walk);
      expect(found.map((one) => `${one.kind}: ${one.what}`).join('\n')).toMatch(what);
      expect(found.map((one) => one.kind)).toContain(kind);
      expect(found.length).toBeLessThanOrEqual(5);
    });
  });
}

/** A walk on which the head differs as a harmless pull request makes it. */
export interface Harmless extends Walk {
  /** Completes “is quiet about …”. */
  readonly says: string;
}

export function testHarmless(walks: readonly Harmless[]): void {
  describe('compareStates', () => {
    it.each(walks)('is quiet about $says', (walk) => {
      expect(judgeWalk(walk).map(({ kind, what }) => `${kind}: ${what}`)).toEqual([]);
    });
  });
}
