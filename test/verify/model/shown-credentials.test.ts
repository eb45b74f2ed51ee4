import { expect, test } from 'vitest';
import { describeStep } from '../../../src/domain/flow.ts';
import { listActions } from '../../../src/verify/model/list-actions.ts';
import { shownCredentials } from '../../../src/verify/model/shown-credentials.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

test.each([
  ['Demo: ada@example.com / tea-time', { user: 'ada@example.com', password: 'tea-time' }],
  ['Username: demo, password: demo123', { user: 'demo', password: 'demo123' }],
  ['Sign in as test@example.com (password: secret)', { user: 'test@example.com', password: 'secret' }],
  ['Try it with the password open-sesame.', { password: 'open-sesame.' }],
  ['Forgot your password? Reset it here', undefined],
  ['Your password must have eight letters', undefined],
  ['The test of time: 9:30', undefined],
])('what %s tells', (text, credentials) => {
  expect(shownCredentials(pageModel([pageNode('paragraph', '', { text })]))).toEqual(credentials);
});

test('marked parts of a text belong to it', () => {
  const told = pageModel(
    'paragraph: Demo account\n  strong: demo@example.com\n  "with the password"\n  code: demo123',
  );
  expect(shownCredentials(told)?.password).toBe('demo123');
});

test('a form with a password is filled with what the page tells its visitors', () => {
  const field = (type: string) => ({ type, hint: '', isRequired: false, isReadOnly: false });
  const page = pageModel([
    pageNode('paragraph', '', { text: 'Demo: ada@example.com / tea-time' }),
    pageNode('form', '', {
      children: [
        pageNode('textbox', 'E-mail', { field: field('email') }),
        pageNode('textbox', 'Password', { field: field('password') }),
        pageNode('button', 'Log in'),
      ],
    }),
  ]);
  const sent = listActions(page, { vocabulary: [], isForbidden: () => false }).filter(({ key }) =>
    key.endsWith('|usual'),
  );
  expect(sent.map(({ steps }) => steps.map(describeStep).join(', '))).toEqual([
    'type “ada@example.com” into textbox “E-mail”, type “tea-time” into textbox “Password”, click button “Log in”',
  ]);
});
