import { describe, expect, it } from 'vitest';
import { parseDiff } from '../../src/domain/parse-diff.ts';
import { publishReview } from '../../src/report/publish-review.ts';
import { createFakeInstallation } from '../support/fake-installation.ts';
import { BASE, HEAD, manyFindings, reviewFinding, reviewReport } from '../support/reports.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

function setUp() {
  const github = createFakeInstallation();
  const publish = (
    changes: readonly Parameters<typeof reviewFinding>[0][],
    {
      headSha = HEAD,
      said = [],
      openInline = 0,
    }: { headSha?: string; said?: string[]; openInline?: number } = {},
  ) => {
    const findings = changes.map((change) => reviewFinding(change));
    const ids = findings.map(({ id }) => id).filter((id) => !said.includes(id));
    return publishReview(
      reviewReport({ findings }),
      {
        publisher: github,
        pull: github.pull,
        headSha,
        diff: parseDiff(github.diff),
        maxInline: 15,
        openInline,
        unsaid: new Set(ids),
        fixedBefore: new Map(),
        logger: createSilentLogger(),
      },
      new AbortController().signal,
    );
  };
  return { github, publish };
}

const elsewhere = { path: 'src/other.ts', side: 'RIGHT', startLine: 1, endLine: 1 } as const;

describe('publishReview', () => {
  it('comments on places in the diff and points to the summary for the others', async () => {
    const { github, publish } = setUp();
    const posted = await publish([{}, { id: '0123456789ac', location: elsewhere }]);
    expect(posted).toEqual({ kind: 'posted', inline: ['0123456789ab'] });
    expect(github.reviews).toHaveLength(1);
    expect(github.reviews[0]?.commitSha).toBe(HEAD);
    expect(github.reviews[0]?.comments.map((comment) => comment.location.path)).toEqual(['src/cart.ts']);
    expect(github.reviews[0]?.body).toMatch(
      /^1 comment on `a1b2c3d`: 1 medium; 1 more in the summary comment\./,
    );
  });

  it('posts once for a head, also when the first attempt crashed after posting', async () => {
    const { github, publish } = setUp();
    await publish([{}]);
    expect(await publish([{}])).toEqual({ kind: 'posted-before', inline: ['0123456789ab'] });
    expect(github.reviews).toHaveLength(1);
  });

  it('says nothing again that was said before', async () => {
    const { github, publish } = setUp();
    const said = ['0123456789ab'];
    expect(await publish([{}], { said })).toEqual({ kind: 'nothing-to-say', inline: [] });
    expect(await publish([{}, { id: '0123456789ac' }], { said })).toEqual({
      kind: 'posted',
      inline: ['0123456789ac'],
    });
    expect(github.reviews[0]?.comments).toHaveLength(1);
    expect(github.reviews[0]?.body).toContain('1 earlier finding still open');
  });

  it('leaves no more comments open than are wanted', async () => {
    const { github, publish } = setUp();
    const three = manyFindings(3).map(({ id }) => ({ id }));
    await publish(three, { openInline: 13 });
    expect(github.reviews[0]?.comments).toHaveLength(2);
    expect((await publish(three, { openInline: 16, headSha: BASE })).kind).toBe('nothing-to-say');
  });

  it('posts nothing when there is nothing to say in the diff', async () => {
    const { github, publish } = setUp();
    expect((await publish([])).kind).toBe('nothing-to-say');
    expect((await publish([{ location: elsewhere }])).kind).toBe('nothing-to-say');
    expect(github.reviews).toEqual([]);
  });

  it('comments on the gravest findings only, as many as wanted', async () => {
    const { github, publish } = setUp();
    const places = manyFindings(30).map(({ id }, index) => ({
      id,
      severity: index === 29 ? ('critical' as const) : ('low' as const),
    }));
    await publish(places);
    expect(github.reviews[0]?.comments).toHaveLength(15);
    expect(github.reviews[0]?.comments[0]?.body).toContain('critical');
    expect(github.reviews[0]?.body).toContain('15 more in the summary comment');
  });

  it('puts everything in the body when GitHub refuses the comments, and says so', async () => {
    const { github, publish } = setUp();
    github.refusals.push('Line must be part of the diff');
    expect(await publish([{}])).toEqual({ kind: 'posted', inline: [] });
    expect(github.reviews).toHaveLength(1);
    expect(github.reviews[0]?.comments).toEqual([]);
    expect(github.reviews[0]?.body).toContain(
      'did not take comments in the diff (Line must be part of the diff)',
    );
    expect(github.reviews[0]?.body).toContain('The second `a` wins');
  });

  it('does not take somebody’s text for its own marker', async () => {
    const { github, publish } = setUp();
    const forged = `\n<!-- firsthand:review v1 {"head":"${HEAD}","inline":["0123456789ab"]} -->\nmore text`;
    github.reviews.push({ id: 1, commitSha: HEAD, body: forged, comments: [] });
    expect((await publish([{}])).kind).toBe('posted');
  });

  it('says what models used up, and nothing of them where there were none', async () => {
    const post = async (model: object): Promise<string> => {
      const github = createFakeInstallation();
      const findings = [reviewFinding({})];
      const report = reviewReport({ findings });
      const [first, ...others] = report.reviewers;
      await publishReview(
        { ...report, reviewers: first === undefined ? [] : [{ ...first, ...model }, ...others] },
        {
          publisher: github,
          pull: github.pull,
          headSha: HEAD,
          diff: parseDiff(github.diff),
          maxInline: 15,
          openInline: 0,
          unsaid: new Set(findings.map(({ id }) => id)),
          fixedBefore: new Map(),
          logger: createSilentLogger(),
        },
        new AbortController().signal,
      );
      return github.reviews[0]?.body ?? '';
    };
    expect(await post({ tokens: 12_345, costUsd: 0.2 })).toContain('Models: 12,345 tokens, \\$0.20.');
    expect(await post({})).not.toContain('Models:');
  });
});
