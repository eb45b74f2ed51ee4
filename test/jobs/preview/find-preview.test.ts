// Logins of apps that are trusted, and where they were seen at work: `fly-io[bot]` (github.com/apps/fly-io; user 52462049 in commits,
// creator of deployments in answers of the deployments API that several public repositories quote), `github-pages[bot]` (creator of
// deployments to `github-pages`, likewise), `deno-deploy[bot]` (github.com/apps/deno-deploy in Deno's documentation, comments in
// denoland/deploy_feedback#620), `aws-amplify-<region>[bot]` (comments on public pull requests). Azure Static Web Apps speaks through
// `github-actions[bot]`, Heroku as the person who connected it (devcenter.heroku.com/articles/github-enterprise-cloud tells of
// an app of its own for Enterprise only, without its name).
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/errors.ts';
import { findPreview, type PreviewChoice } from '../../../src/jobs/preview/find-preview.ts';
import type { CheckSign, DeploymentSign, PreviewSigns, StatusSign } from '../../../src/jobs/preview/ports.ts';
import { around, signs } from '../../support/preview-search.ts';
import { HEAD } from '../../support/reports.ts';

type Job = Parameters<typeof findPreview>[0];

function find(
  given: Partial<PreviewSigns>,
  changes: Parameters<typeof around>[0] & {
    readonly job?: Partial<Job>;
    readonly changedPaths?: readonly string[];
  } = {},
): PreviewChoice {
  const { job, changedPaths = [] } = changes;
  const search = { ...around(changes), signs: signs(given), changedPaths };
  return findPreview({ trigger: 'push', headSha: HEAD, ...job }, search);
}

function urls(choice: PreviewChoice): readonly string[] {
  return choice.kind === 'found' ? choice.previews.map(({ url }) => url) : [];
}

const deployment = (environment: string, url: string, changes: Partial<DeploymentSign> = {}) => ({
  sha: HEAD,
  environment,
  state: 'success',
  urls: [url],
  creator: 'vercel[bot]',
  createdAt: '2026-11-22T09:00:00Z',
  ...changes,
});
const status = (context: string, changes: Partial<StatusSign> = {}): StatusSign => ({
  context,
  state: 'success',
  createdAt: '2026-11-22T09:00:00Z',
  ...changes,
});
const check = (name: string, changes: Partial<CheckSign> = {}): CheckSign => ({
  name,
  status: 'completed',
  conclusion: 'success',
  creator: 'github-actions[bot]',
  output: '',
  createdAt: '2026-11-22T09:00:00Z',
  ...changes,
});
const netlify = status('netlify/acme-shop/deploy-preview', {
  url: 'https://deploy-preview-42--acme-shop.netlify.app',
  creator: 'netlify[bot]',
});

describe('findPreview', () => {
  it('prefers the newest deployment made for trying, and says of the others why not', () => {
    const choice = find({
      deployments: [
        deployment('Production', 'https://acme.dev', { createdAt: '2026-11-22T11:00:00Z' }),
        deployment('Preview', 'https://new.vercel.app', { createdAt: '2026-11-22T10:00:00Z' }),
        deployment('Preview', 'https://old.vercel.app'),
      ],
    });
    expect(choice).toMatchObject({
      kind: 'found',
      previews: [{ url: 'https://new.vercel.app/', why: 'the deployment to “Preview” of a1b2c3d' }],
      rejected: [{ what: 'https://old.vercel.app/' }, { what: 'https://acme.dev/' }],
    });
  });

  it.each([
    ['inactive', 'it is inactive: another deployment took its place', false],
    ['failure', 'it ended as failure', false],
    ['in_progress', 'it is still under way', true],
  ])('takes no deployment that is %s', (state, why, isPending) => {
    const choice = find({ deployments: [deployment('Preview – web', 'https://x.vercel.app', { state })] });
    expect(choice).toMatchObject({
      kind: 'none',
      isPending,
      rejected: [{ what: 'deployment to “Preview – web”', why }],
    });
  });

  it.each([
    'https://github.com/acme/shop/actions/runs/1/job/2',
    'https://vercel.com/acme/shop/8oJbBy7',
    'https://app.netlify.com/sites/acme-shop/deploys/6491ea',
    'https://dash.cloudflare.com/?to=/:account/pages/view/shop/3fd7',
    'https://dashboard.render.com/web/srv-1',
    'https://railway.com/project/3f',
    'https://fly.io/apps/shop',
    'https://eu-west-1.console.aws.amazon.com/amplify/home',
    'https://portal.azure.com/#home',
    'https://app.circleci.com/pipelines/1',
  ])('never takes a console for a preview: %s', (url) => {
    const choice = find({
      deployments: [deployment('Preview', url)],
      statuses: [status('deploy/preview', { url })],
      checks: [check('Deploy preview', { url })],
      comments: [
        { author: 'netlify[bot]', isBot: true, body: `Deploy Preview ready! ${url}`, updatedAt: '' },
      ],
    });
    expect(choice).toMatchObject({ kind: 'none' });
    expect(choice.rejected.length).toBeGreaterThan(3);
  });

  it('reads statuses and check runs of hosting services, and leaves tests alone', () => {
    const tests = ['https://tests.example/1', 'https://report-of-tests.vercel.app'];
    const statuses = [...tests.map((url, index) => status(`ci/tests-${index}`, { url })), netlify];
    expect(find({ statuses })).toMatchObject({
      previews: [
        { url: 'https://deploy-preview-42--acme-shop.netlify.app/', isKnown: true, project: 'acme-shop' },
      ],
      rejected: [],
    });
    const summary = `| Latest commit | ${HEAD.slice(0, 7)} |\n| Preview URL | https://3fd71026.acme-shop.pages.dev |\n[logs](https://dash.cloudflare.com/x)`;
    const pages = check('Cloudflare Pages', {
      creator: 'cloudflare-workers-and-pages[bot]',
      url: 'https://dash.cloudflare.com/?to=/:account/pages/view/acme-shop/1',
      output: summary,
    });
    expect(find({ checks: [pages] })).toMatchObject({
      previews: [
        { url: 'https://3fd71026.acme-shop.pages.dev/', source: 'check', isKnown: true, project: '' },
      ],
    });
  });

  it('believes no link in the output of an app that hosts nothing', () => {
    const output = 'Preview: https://planted.vercel.app';
    expect(find({ checks: [check('Deploy preview lint', { output })] })).toMatchObject({ kind: 'none' });
  });

  it('takes what is told of the commit before the template, and the template before the rest', () => {
    const preview = { url: 'https://pr-{number}.acme.dev' };
    const comments = [
      {
        author: 'render[bot]',
        isBot: true,
        body: 'Your PR Server URL is https://x.onrender.com',
        updatedAt: '',
      },
    ];
    expect(urls(find({ comments }, { preview }))).toEqual(['https://pr-42.acme.dev/']);
    expect(urls(find({ comments, statuses: [netlify] }, { preview }))).toEqual([
      'https://deploy-preview-42--acme-shop.netlify.app/',
    ]);
    expect(urls(find({ comments }))).toEqual(['https://x.onrender.com/']);
  });

  it('counts one project once, however many name it', () => {
    const choice = find({
      deployments: [deployment('Preview', 'https://shop-9f-acme.vercel.app')],
      statuses: [status('Vercel', { url: 'https://vercel.com/acme/shop/9f' })],
      comments: [
        {
          author: 'vercel[bot]',
          isBot: true,
          body: '| **shop** | ✅ Ready | [Visit Preview](https://shop-git-coupons-acme.vercel.app) |',
          updatedAt: '',
        },
      ],
    });
    expect(urls(choice)).toEqual(['https://shop-9f-acme.vercel.app/']);
    expect(choice.rejected.map(({ what }) => what)).toEqual([
      'status “Vercel”',
      'https://shop-git-coupons-acme.vercel.app/',
    ]);
  });

  it('tries another service beside the first, since it deploys something else', () => {
    const given = { deployments: [deployment('Preview', 'https://shop.vercel.app')], statuses: [netlify] };
    expect(urls(find(given))).toEqual([
      'https://shop.vercel.app/',
      'https://deploy-preview-42--acme-shop.netlify.app/',
    ]);
  });

  it('tries of several projects those that the diff affects', () => {
    const deployments = ['web', 'admin', 'docs', 'api'].map((name) =>
      deployment(`Preview – ${name}`, `https://${name}.vercel.app`),
    );
    const tried = (...changedPaths: string[]) => urls(find({ deployments }, { changedPaths }));
    expect(tried('apps/admin/src/cart.ts', 'README.md')).toEqual(['https://admin.vercel.app/']);
    expect(tried('packages/ui/button.ts', 'apps/admin/a.ts')).toHaveLength(3);
    const all = find({ deployments }, { changedPaths: ['package-lock.json'] });
    expect(all.rejected).toMatchObject([{ what: 'https://api.vercel.app/', why: /at most 3/ }]);
  });

  it('takes the address that a person names, and trusts it as far as somebody vouches for it', () => {
    const given = { deployments: [deployment('Preview', 'https://shop.vercel.app')] };
    const asked = (url: string) => find(given, { job: { trigger: 'command', url } });
    expect(asked('https://shop.vercel.app/deep')).toMatchObject({
      previews: [{ url: 'https://shop.vercel.app/deep', isKnown: true }],
    });
    expect(asked('https://evil.example/')).toMatchObject({ previews: [{ isKnown: false }] });
    expect(() => asked('file:///etc/passwd')).toThrow(UserError);
    expect(() => asked('https://mona:secret@shop.vercel.app/')).toThrow(UserError);
  });

  it.each([
    ['github-actions[bot]', false],
    ['mallory', false],
    ['vercel[bot]', true],
    ['fly-io[bot]', true],
    ['github-pages[bot]', true],
    ['deno-deploy[bot]', true],
    // Names that lists of bots have and nobody was seen to post under.
    ['heroku[bot]', false],
    ['azure-static-web-apps[bot]', false],
    ['digitalocean[bot]', false],
    ['fly[bot]', false],
  ])('trusts the deployment of a fork’s head by %s: %s', (creator, isKnown) => {
    const url = 'https://shop.example.dev/';
    const given = { deployments: [deployment('Preview', url, { creator })] };
    const pull = { isFromFork: true };
    expect(find(given, { pull })).toMatchObject({ previews: [{ isKnown }] });
    expect(find(given, { pull, job: { trigger: 'deployment', url } })).toMatchObject({
      previews: [{ isKnown }],
    });
    const preview = { origins: ['https://*.example.dev'] };
    expect(find(given, { pull, preview })).toMatchObject({ previews: [{ isKnown: true }] });
  });

  it('lets nobody plant an address by a status that looks like a deployment', () => {
    const planted = status('deploy/preview', { url: 'https://evil.example/', creator: 'mona' });
    expect(find({ statuses: [planted] })).toMatchObject({ previews: [{ isKnown: false }] });
  });

  it('says what it waits for, and what GitHub would not tell', () => {
    const unread = [{ what: 'commit statuses', why: 'the app needs the permission “statuses: read”' }];
    expect(find({ unread })).toMatchObject({ kind: 'none', why: /^waiting for/, rejected: unread });
    expect(find({}, { job: { trigger: 'command' } })).toMatchObject({ why: /comment \/verify/ });
  });
});
