import type { LoginSettings } from '../settings.ts';
import { quote } from './target-code.ts';

/**
 * Whether a plain test can log in: name and password in a form that stands on a page of its own. It cannot know
 * one-time codes, mailed links or stored states.
 */
export function canLogIn({ path, username, password, totp, mail, state, steps }: LoginSettings): boolean {
  const isPlain = [totp, mail, state, steps].every((setting) => setting === undefined);
  return isPlain && path !== undefined && username !== undefined && password !== undefined;
}

/** Lines that log in. The test account comes from the environment, under the names that the command line uses. */
export function logInCode({ path = '/login', username, password }: LoginSettings): readonly string[] {
  const variables = [username, password].map((ref) => `process.env.FIRSTHAND_SECRET_${ref?.secret ?? ''}`);
  const [name = '', word = ''] = variables;
  return [
    `test.skip(!${name} || !${word}, ${quote(`no test account: set ${variables.map((one) => one.slice('process.env.'.length)).join(' and ')}`)});`,
    '// log in',
    `await open(page, site, ${quote(path)});`,
    `const password = page.locator('input[type=password]').first();`,
    `const username = page.locator('input[autocomplete~=username], input[type=email], input[name*=user i], input[name*=mail i], input[type=text]').first();`,
    `await username.fill(${name} ?? '');`,
    '// Some sites ask for the password on a second page.',
    `if (!(await password.isVisible())) await username.press('Enter');`,
    `await password.fill(${word} ?? '');`,
    `await password.press('Enter');`,
    'await expect(password).toBeHidden();',
    'await settled(page, watched);',
    'watched.errors.length = 0;',
  ];
}
