import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../src/jobs/ports.ts';
import type { PreviewCandidate } from '../../../src/jobs/preview/candidate.ts';
import { findBase } from '../../../src/jobs/preview/find-base.ts';
import { around } from '../../support/preview-search.ts';

const { signal } = new AbortController();
const MERGE_BASE = 'c'.repeat(40);

function deployment(environment: string, url: string, changes: Partial<Deployment> = {}): Deployment {
  return { sha: MERGE_BASE, environment, url, createdAt: '2026-11-22T09:00:00Z', ...changes };
}

function find(
  deployments: { readonly ofCommit?: readonly Deployment[]; readonly ofBranch?: readonly Deployment[] },
  changes: { readonly preview?: Partial<PreviewCandidate>; readonly base?: string } = {},
) {
  const preview: PreviewCandidate = {
    kind: 'candidate',
    url: 'https://shop-9f.vercel.app/',
    source: 'deployment',
    provider: 'Vercel',
    project: 'web',
    environment: 'Preview – web',
    isKnown: true,
    why: '',
    ...changes.preview,
  };
  const installation = {
    listDeployments: async (_: unknown, of: { readonly sha: string } | { readonly ref: string }) =>
      ('sha' in of && of.sha === MERGE_BASE
        ? deployments.ofCommit
        : 'ref' in of
          ? deployments.ofBranch
          : undefined) ?? [],
  };
  const now = new Date('2026-11-22T12:00:00Z');
  const configured = changes.base === undefined ? {} : { preview: { base: changes.base } };
  return findBase(preview, { ...around(configured), installation, mergeBase: MERGE_BASE, now }, signal);
}

describe('findBase', () => {
  it('takes of the merge base’s deployments one of the same project, made to be tried where there is one', async () => {
    const ofCommit = [
      deployment('Production – admin', 'https://admin.acme.dev/'),
      deployment('Production – web', 'https://acme.dev/'),
      deployment('Preview – web', 'https://web-c.vercel.app/'),
    ];
    expect(await find({ ofCommit })).toEqual({
      url: 'https://web-c.vercel.app/',
      reason: 'deployment of the merge base ccccccc (Preview – web, 3 hours old)',
      environment: 'Preview – web',
    });
    expect(await find({ ofCommit: ofCommit.slice(0, 2) })).toMatchObject({ url: 'https://acme.dev/' });
  });

  it('compares with no other project, and says which it saw', async () => {
    const ofBranch = [deployment('Production – admin', 'https://admin.acme.dev/')];
    expect(await find({ ofBranch })).toEqual({
      reason:
        'GitHub knows of no deployment of main of “web”, only of others (“Production – admin”), and preview.base is not set',
    });
  });

  it('falls back to the base branch’s newest, whose name need not tell the project', async () => {
    const ofBranch = [
      deployment('Production', 'https://acme.dev/', {
        sha: 'd'.repeat(40),
        createdAt: '2026-11-19T12:00:00Z',
      }),
    ];
    expect(await find({ ofBranch })).toEqual({
      url: 'https://acme.dev/',
      reason: 'newest deployment of main: ddddddd (Production, 3 days old)',
      environment: 'Production',
    });
  });

  it('takes a configured address first', async () => {
    const ofCommit = [deployment('Preview – web', 'https://web-c.vercel.app/')];
    expect(await find({ ofCommit }, { base: 'https://staging.acme.dev' })).toEqual({
      url: 'https://staging.acme.dev/',
      reason: 'preview.base of the configuration',
    });
  });

  it.each([
    ['Netlify', 'https://deploy-preview-42--acme-shop.netlify.app/', 'https://acme-shop.netlify.app/'],
    ['Cloudflare', 'https://3fd71026.acme-shop.pages.dev/', 'https://acme-shop.pages.dev/'],
    ['AWS Amplify', 'https://pr-42.d2s1.amplifyapp.com/', 'https://main.d2s1.amplifyapp.com/'],
    [
      'Azure Static Web Apps',
      'https://brave-sand-02a651b10-42.centralus.7.azurestaticapps.net/',
      'https://brave-sand-02a651b10.7.azurestaticapps.net/',
    ],
    ['GitHub Pages', 'https://acme.github.io/shop/pr-preview/pr-42/', 'https://acme.github.io/shop/'],
  ])('knows where %s serves the base branch, which people may use', async (provider, url, base) => {
    expect(await find({}, { preview: { url, provider, project: '' } })).toMatchObject({
      url: base,
      environment: 'production',
      reason: /its commit and age are not known$/,
    });
  });

  it.each(['https://shop.onrender.com/', 'https://acme-shop.netlify.app/', 'https://shop.example.dev/'])(
    'makes no base up for %s',
    async (url) => {
      expect(await find({}, { preview: { url } })).toEqual({
        reason: expect.stringContaining('no deployment of main'),
      });
    },
  );

  it('compares a preview with nothing rather than with itself', async () => {
    const ofCommit = [deployment('Preview – web', 'https://shop-9f.vercel.app/')];
    const found = await find({ ofCommit });
    expect(found.url).toBeUndefined();
    expect(found.reason).toContain('nothing to compare with');
  });
});
