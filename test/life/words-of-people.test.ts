import { describe, expect, it } from 'vitest';
import {
  hearThreads,
  isObjection,
  markClosed,
  markSaid,
  type ThreadWords,
} from '../../src/life/words-of-people.ts';
import { createPushes } from '../support/pushes.ts';

function start() {
  const pushes = createPushes();
  pushes.push('1', { 'cart.js': 'eval(1);\n' });
  const id = pushes.ledger.entries[0]?.id ?? '';
  pushes.ledger = markSaid(pushes.ledger, new Set([id]), 'inline');
  const hear = (words: Partial<ThreadWords>): string[] => {
    pushes.ledger = hearThreads(pushes.ledger, [{ id, commentId: 5, isResolved: false, ...words }]);
    return pushes.states();
  };
  return { pushes, id, hear };
}

describe('hearThreads', () => {
  it('dismisses what a person who may write resolved, and takes it back with them', () => {
    const { pushes, hear } = start();
    expect(hear({ isResolved: true, resolvedBy: 'mona' })).toEqual(['dismissed']);
    expect(pushes.ledger.entries[0]).toMatchObject({
      dismissal: { how: 'thread', by: 'mona' },
      commentId: 5,
    });
    expect(hear({ isResolved: true })).toEqual(['dismissed']);
    expect(hear({ isResolved: false })).toEqual(['open']);
  });

  it('dismisses by 👎, and takes it back with it', () => {
    const { hear } = start();
    expect(hear({ downvotedBy: 'mona' })).toEqual(['dismissed']);
    expect(hear({})).toEqual(['open']);
  });

  it('leaves open what somebody else resolved', () => {
    expect(start().hear({ isResolved: true })).toEqual(['open']);
  });

  it('keeps a dismissal when GitHub does not say whether the thread is resolved', () => {
    const { hear } = start();
    hear({ isResolved: true, resolvedBy: 'mona' });
    expect(hear({ isResolved: undefined })).toEqual(['dismissed']);
  });

  it('takes back a command when the thread that we resolved for it is opened again', () => {
    const { pushes, id, hear } = start();
    hear({ downvotedBy: 'mona' });
    pushes.ledger = {
      ...pushes.ledger,
      entries: pushes.ledger.entries.map((entry) => ({
        ...entry,
        dismissal: { how: 'command', by: 'mona' },
      })),
    };
    expect(hear({})).toEqual(['dismissed']);
    pushes.ledger = markClosed(pushes.ledger, new Set([id]));
    expect(hear({ isResolved: true })).toEqual(['dismissed']);
    expect(hear({ isResolved: false })).toEqual(['open']);
  });

  it('calls fixed what a maintainer resolved because it was fixed', () => {
    const { pushes, hear } = start();
    hear({ isResolved: true, resolvedBy: 'mona' });
    expect(pushes.push('2', { 'cart.js': 'Number(1);\n' })).toEqual(['fixed']);
  });
});

describe('isObjection', () => {
  it.each([
    'This is a false positive: the input is a constant.',
    'That’s intentional.',
    "won't fix",
    'The list can never happen to be empty here. It can’t happen.',
    'Not a bug.',
  ])('takes %j for one', (text) => expect(isObjection(text)).toBe(true));

  it.each([
    'Good catch, fixed in the next push.',
    'What would you suggest?',
    '> false positive\n\nThanks!',
    '',
  ])('takes %j for none', (text) => expect(isObjection(text)).toBe(false));
});
