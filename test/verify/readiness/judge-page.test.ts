import { describe, expect, it } from 'vitest';
import type { Navigation } from '../../../src/verify/ports.ts';
import { judgePage, type Verdict } from '../../../src/verify/readiness/judge-page.ts';
import { BLANK_OBSERVATION } from '../../support/observations.ts';

function judge(
  shown: {
    readonly host?: string;
    readonly status?: number;
    readonly title?: string;
    readonly text?: string;
    readonly leadsTo?: string;
  },
  sent: readonly string[] = [],
): Verdict {
  const { host = 'shop.example.dev', status = 200, title = '', text = '', leadsTo } = shown;
  const navigation: Navigation =
    leadsTo === undefined
      ? { kind: 'loaded', status, url: `https://${host}/` }
      : { kind: 'blocked', why: `${new URL(leadsTo).origin} is not an allowed origin` };
  const blocked = leadsTo === undefined ? [] : [{ url: leadsTo, why: '', kind: 'navigation' as const }];
  const observation = { ...BLANK_OBSERVATION, title, snapshot: `- text: ${text}`, blocked };
  return judgePage({ host, navigation, observation, sent });
}

describe('judgePage', () => {
  it.each([
    [
      'Vercel Authentication',
      { leadsTo: 'https://vercel.com/sso-api?url=https%3A%2F%2Fshop.vercel.app%2F&nonce=1' },
      /Vercel Authentication.*x-vercel-protection-bypass/,
    ],
    [
      'Vercel, without the redirect',
      {
        status: 401,
        title: 'Authentication Required',
        text: 'Authentication Required Vercel Authentication',
      },
      /VERCEL_AUTOMATION_BYPASS_SECRET/,
    ],
    ['a Netlify team login', { leadsTo: 'https://app.netlify.com/authorize?x=1' }, /Netlify's team login/],
    [
      'a Netlify password',
      {
        status: 401,
        title: 'Password Protected Site',
        text: 'This site is password protected. Password Submit',
      },
      /behind a password of its host.*preview\.basicAuth/,
    ],
    [
      'Cloudflare Access',
      { leadsTo: 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/shop.pages.dev' },
      /cf-access-client-id/,
    ],
    [
      'an Azure login',
      { leadsTo: 'https://login.microsoftonline.com/common/oauth2' },
      /Microsoft \(Azure\) login/,
    ],
    ['a GitHub login', { leadsTo: 'https://github.com/login?return_to=x' }, /GitHub login/],
    [
      'basic authentication',
      { status: 401, text: 'Unauthorized' },
      /basic authentication.*preview\.basicAuth/,
    ],
    ['a refusal', { status: 403, text: 'Forbidden' }, /status 403/],
    ['another address', { leadsTo: 'https://www.acme.com/' }, /leads where the browser may not go/],
    [
      'a deleted deployment',
      { status: 404, text: '404: NOT_FOUND Code: DEPLOYMENT_NOT_FOUND' },
      /does not exist/,
    ],
    [
      'nothing at GitHub Pages',
      { status: 404, text: "There isn't a GitHub Pages site here." },
      /GitHub Pages/,
    ],
  ])('does not wait for %s, and says what to do', (_, shown, why) => {
    expect(judge(shown)).toEqual({ kind: 'not-own', hope: 'none', why: expect.stringMatching(why) });
  });

  it.each([
    ['a build at Vercel', { text: 'This deployment is currently building' }, 'slow'],
    ['Render waking up', { host: 'shop.onrender.com', text: 'SERVICE WAKING UP ...' }, 'slow'],
    [
      'the first build at Amplify',
      { text: 'Welcome Your app will appear here once you complete your first deployment.' },
      'slow',
    ],
    [
      'a crashed app at Heroku',
      { status: 503, text: 'Application error An error occurred in the application' },
      'some',
    ],
    [
      'an app that does not answer at Railway',
      { status: 502, text: 'Application failed to respond' },
      'some',
    ],
    ['an empty worker', { host: 'web.acme.workers.dev', text: 'There is nothing here yet' }, 'some'],
    ['any error', { status: 500, text: 'Oops' }, 'some'],
  ])('waits for %s', (_, shown, hope) => {
    expect(judge(shown)).toMatchObject({ kind: 'not-own', hope });
  });

  it.each([
    ['an empty list', { text: 'There’s nothing here yet' }],
    [
      'the notice of reCAPTCHA',
      { text: 'Log in. This site is protected by reCAPTCHA and the Google Privacy Policy' },
    ],
    ['a product about hosting', { text: 'Sign in with Vercel Authentication or Cloudflare Access' }],
    ['a status page', { text: 'Your service is starting up' }],
    ['a long page that mentions a build', { text: `${'Lorem ipsum dolor. '.repeat(200)} build in progress` }],
    ['a blank page', {}],
  ])('takes %s for the product', (_, shown) => {
    expect(judge(shown)).toEqual({ kind: 'own' });
  });

  it('says that a secret was not accepted rather than to set one', () => {
    const shown = { leadsTo: 'https://vercel.com/sso-api?url=x' };
    const verdict = judge(shown, ['X-Vercel-Protection-Bypass']);
    expect(verdict).toMatchObject({ why: expect.stringContaining('was sent and not accepted') });
    expect(judge({ status: 401 }, ['authorization'])).toMatchObject({
      why: expect.stringContaining('authorization was sent and not accepted'),
    });
  });

  it('tells what could not be opened, and a page that hangs', () => {
    const navigation = { kind: 'failed', why: 'the connection was refused' } as const;
    expect(judgePage({ host: 'x', navigation, observation: BLANK_OBSERVATION, sent: [] })).toEqual({
      kind: 'not-own',
      hope: 'some',
      why: 'could not be opened: the connection was refused',
    });
    const loaded = { kind: 'loaded', status: 200, url: 'https://x/' } as const;
    const hung = { ...BLANK_OBSERVATION, isHung: true };
    expect(judgePage({ host: 'x', navigation: loaded, observation: hung, sent: [] })).toMatchObject({
      why: /does not answer/,
    });
  });
});
