import { describe, expect, test } from 'vitest';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { ReviewSettings } from '../../src/review/settings.ts';
import { FakeStager, wordAnalyser } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';

const HEAD_FILES = {
  'main.go': 'x\n',
  'ui/App.VUE': 'x\n',
  'a.ts': 'x\n',
  'generated.go': '// DO NOT EDIT\n',
  'go.sum': 'x\n',
  'data.json': '{}\n',
  'ci.yml': 'a: b\n',
  LICENSE: 'x\n',
  'a.css': 'x\n',
  'a.md': 'x\n',
};

/** What a review lists as not analysed, path → reason. */
async function unread(reviewers: ReviewSettings['reviewers']): Promise<Readonly<Record<string, string>>> {
  const stager = new FakeStager();
  const secrets = wordAnalyser(stager, { word: 'KEY', rule: 'secrets/key', category: 'security' });
  const { notAnalysed } = await reviewPullRequest(
    {
      base: BASE,
      head: HEAD,
      settings: { reviewers, ignore: [], maxFindings: 15 },
      startedAt: new Date('2026-01-02T03:04:05Z'),
      version: '1.2.3',
    },
    {
      objects: new FakeGitObjects({ 'gone.go': 'x\n' }, HEAD_FILES),
      stager,
      analysers: [
        { ...secrets, reads: () => true },
        wordAnalyser(stager, { word: 'BUG', rule: 'tool/bug', category: 'logic' }),
        wordAnalyser(stager, { word: 'ugly', rule: 'tool/ugly', category: 'style' }),
      ],
      changeAnalysers: [],
      sandbox: 'none, it is a fake',
      onProgress: () => undefined,
    },
    new AbortController().signal,
  );
  return Object.fromEntries(notAnalysed.map(({ path, reason }) => [path, reason]));
}

const SET_ASIDE = {
  'generated.go': 'says that it is generated: only the security reviewer read it',
  'go.sum': 'generated',
};

describe('findUnreadSources', () => {
  test('lists changed sources that only the search for secrets read, and not what nobody reviews for logic', async () => {
    expect(await unread(['security', 'style', 'logic'])).toEqual(
      Object.assign(
        {
          'main.go': 'no reviewer reads .go files yet; only secrets were looked for',
          'ui/App.VUE': 'no reviewer reads .vue files yet; only secrets were looked for',
        },
        SET_ASIDE,
      ),
    );
  });

  test('does not claim that secrets were looked for when they were not', async () => {
    expect(await unread(['logic'])).toMatchObject({ 'main.go': 'no reviewer reads .go files yet' });
  });

  test('misses nothing when only the security reviewer was asked for', async () => {
    expect(await unread(['security'])).toEqual(SET_ASIDE);
  });
});
