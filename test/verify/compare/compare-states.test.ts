import { describe, expect, it } from 'vitest';
import type { Expectation } from '../../../src/domain/flow.ts';
import { compareStates } from '../../../src/verify/compare/compare-states.ts';
import { createKnowledge, markVolatile, translateTarget } from '../../../src/verify/compare/knowledge.ts';
import { longestCommon } from '../../../src/verify/compare/longest-common.ts';
import { sameState } from '../../../src/verify/compare/same-state.ts';
import { foldCount, templateText } from '../../../src/verify/model/template-text.ts';
import { pageModel } from '../../support/page-models.ts';
import { cart, LINES, PEOPLE, people, settings, TODOS, todoApp } from './apps.ts';
import { click, judgeWalk, SITES, type Walk } from './judge.ts';

const opened = (base: string, head: string) => ({
  step: { goto: '/' },
  after: {
    base: pageModel(base, { url: SITES.base.root.href }),
    head: pageModel(head, { url: SITES.head.root.href }),
  },
});

describe('compareStates', () => {
  const EXPECTATIONS: readonly { says: string; walk: Walk; expected: Expectation }[] = [
    {
      says: 'a button that must be visible',
      walk: { open: { base: settings(), head: settings().replace('  button "Cancel"\n', '') } },
      expected: { visible: { role: 'button', name: 'Cancel', nth: 0 } },
    },
    {
      says: 'an amount with its label where it stands elsewhere too',
      walk: { open: { base: cart(LINES), head: cart(LINES, { total: 14 }) } },
      expected: { text: 'Total $16.00' },
    },
    {
      says: 'a text that must not be shown',
      walk: {
        open: { base: todoApp(TODOS) },
        steps: [{ step: click('Delete'), base: todoApp(TODOS.slice(1)), head: todoApp(TODOS) }],
      },
      expected: { hidden: { role: 'checkbox', name: 'Buy milk', nth: 0 } },
    },
    {
      says: 'rows that stand one after the other',
      walk: {
        open: { base: people(PEOPLE) },
        steps: [{ step: click('Name'), base: people(PEOPLE.toReversed()), head: people(PEOPLE) }],
      },
      expected: { text: '19 Cleo' },
    },
    {
      says: 'what a field holds',
      walk: {
        open: { base: settings({ name: 'Ada' }) },
        steps: [{ step: { go: 'reload' }, base: settings({ name: 'Bo' }), head: settings({ name: '' }) }],
      },
      expected: { value: { field: { role: 'textbox', name: 'Name', nth: 0 }, is: 'Bo' } },
    },
  ];
  it.each(EXPECTATIONS)('expects $says', ({ walk, expected }) => {
    expect(judgeWalk(walk).map(({ expect: one }) => one)).toContainEqual(expected);
  });

  it('gives one cause to one fault with other values, and another key', () => {
    const [first] = judgeWalk({ open: { base: cart(LINES), head: cart(LINES, { total: 14 }) } });
    const [second] = judgeWalk({ open: { base: cart(LINES), head: cart(LINES, { total: 99 }) } });
    expect(first?.cause).toBe(second?.cause);
    expect(first?.key).not.toBe(second?.key);
  });

  it('tells of a difference at the step that made it, and not again', () => {
    const wrong = cart(LINES, { total: 14 });
    const walk: Walk = {
      open: { base: cart(LINES), head: wrong },
      steps: [{ step: click('Apply'), base: cart(LINES), head: wrong }],
    };
    expect(judgeWalk(walk)).toHaveLength(1);
  });

  it('does not tell again of what was found to come and go', () => {
    const knowledge = createKnowledge();
    const transition = opened(cart(LINES), cart(LINES, { total: 14 }));
    const [found] = compareStates(transition, knowledge, SITES);
    if (found !== undefined) markVolatile(knowledge, found);
    expect(compareStates(transition, knowledge, SITES)).toEqual([]);
  });

  it('has nothing to say without a base', () => {
    const transition = opened(cart(LINES), '');
    expect(compareStates(transition, createKnowledge(), { base: undefined, head: SITES.head })).toEqual([]);
  });

  it('survives a page of thousands of entries whose order is reversed', () => {
    const many = Array.from({ length: 900 }, (_, index) => ({
      name: `Person ${index}`,
      city: 'Rome',
      age: index,
    }));
    const kinds = judgeWalk({ open: { base: people(many), head: people(many.toReversed()) } });
    expect(kinds.map(({ kind }) => kind)).toContain('order');
  });
});

describe('translateTarget', () => {
  it('names on the head what the base calls otherwise or makes of another element', () => {
    const knowledge = createKnowledge();
    compareStates(
      opened('button "Save"\nlink "Help" @/help', 'button "Store"\nbutton "Help"'),
      knowledge,
      SITES,
    );
    expect(translateTarget(knowledge, { role: 'button', name: 'Save', nth: 0 })).toEqual({
      role: 'button',
      name: 'Store',
      nth: 0,
    });
    expect(translateTarget(knowledge, { role: 'link', name: 'Help' })).toEqual({
      role: 'button',
      name: 'Help',
    });
    expect(translateTarget(knowledge, { role: 'button', name: 'Other' })).toEqual({
      role: 'button',
      name: 'Other',
    });
  });
});

describe('sameState', () => {
  it('sets figures and moments aside, and sees an entry more', () => {
    const page = (text: string) => pageModel(`heading "News"\nparagraph: ${text}`);
    expect(sameState(page('Updated 10:42:07, 3 readers'), page('Updated 10:42:09, 4 readers'))).toBe(true);
    expect(sameState(pageModel(todoApp(TODOS)), pageModel(todoApp(TODOS.slice(1))))).toBe(false);
  });
});

describe('templateText', () => {
  it.each([
    ['Due 2026-05-01', 'Due 2026-06-30'],
    ['Due May 1, 2026', 'Due Jun 30, 2026'],
    ['1 May 2026', '30 June 2026'],
    ['at 9:00 am', 'at 12:30 pm'],
    ['5 minutes ago', 'just now'],
    ['Order 3f2b8c1d-0a4e-4b7f-9a55-1c2d3e4f5a6b', 'Order 9b1c7d2e-5f3a-4c8b-8d66-2e3f4a5b6c7d'],
    ['Session 226e91', 'Session 68bae8'],
    ['Total: $16.00', 'Total: $1,204.50'],
  ])('makes %j and %j one', (one, other) => {
    expect(templateText(one)).toBe(templateText(other));
  });

  it('keeps the words apart', () => {
    expect(templateText('Saved')).not.toBe(templateText('Deleted'));
  });
});

describe('foldCount', () => {
  it('counts to two', () => {
    expect([0, 1, 2, 3, 99].map(foldCount)).toEqual(['0', '1', '2', 'many', 'many']);
  });
});

describe('longestCommon', () => {
  it('lines up what keeps its order', () => {
    expect(longestCommon('abcde'.split(''), 'axcye'.split(''))).toEqual([
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
  });

  it('lines up what stands once in lists too long for the exact way', () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => `k${index}`);
    const pairs = longestCommon(['x', ...keys, 'y'], ['z', ...keys, 'w']);
    expect(pairs).toHaveLength(1_500);
  });
});
