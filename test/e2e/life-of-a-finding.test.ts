import { afterEach, describe, expect, it } from 'vitest';
import type { FakeReviewComment } from '../../src/fake-github/fake-github.ts';
import { invariant } from '../../src/lib/invariant.ts';
import { type AppBench, isDone, openAppBench, PREVIEW, REPOSITORY, REVIEW } from '../support/app-bench.ts';

const A = 'export function run(text) {\n  return new Function(text);\n}\n';
const A_FIXED = 'export function run(text) {\n  return Number(text);\n}\n';
const B = 'export function go(text) {\n  return eval(text);\n}\n';

let bench: AppBench | undefined;

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

/** The App with a pull request whose file `src/a.js` runs text as code, and was reviewed. */
async function open() {
  const app = await openAppBench({
    base: {
      '.github/firsthand.yml': 'review: { reviewers: [security] }\n',
      'src/other.js': 'export const other = 1;\n',
    },
    head: { 'src/a.js': A },
  });
  bench = app;
  const pull = await app.openPull();
  await app.until(
    'the first head is reviewed',
    () => isDone(app, REVIEW, pull.headSha) && isDone(app, PREVIEW, pull.headSha),
  );
  const thread = (index: number): FakeReviewComment => {
    const comment = app.inlineComments()[index];
    invariant(comment !== undefined, `${index} threads were begun before this one`);
    return comment;
  };
  return {
    app,
    thread,
    counts: () => /\*\*Findings:\*\*[^\n<]*/.exec(app.ownComments()[0]?.body ?? '')?.[0] ?? '',
    idOf: (index: number) => /firsthand:finding ([0-9a-f]{12})/.exec(thread(index).body)?.[1] ?? '',
    repliesTo: (index: number) =>
      [...app.repository.reviewComments.values()].filter(({ inReplyTo }) => inReplyTo === thread(index).id),
    say: (body: string, author = 'wanda') =>
      app.gitHub.people.comment({ repository: REPOSITORY, number: pull.number, author, body }),
  };
}

describe('the life of a finding, through the App', { timeout: 400_000 }, () => {
  it('is said once in five pushes, fixed with its commit, kept silent when dismissed, and said again when it is back', async () => {
    const { app, thread, counts, idOf, say } = await open();
    expect(app.inlineComments().map(({ path }) => path)).toEqual(['src/a.js']);

    await app.push({ 'src/b.js': B, 'src/a.js': `// moved down\n\n${A}` });
    expect(app.inlineComments().map(({ path }) => path)).toEqual(['src/a.js', 'src/b.js']);

    await say(`/dismiss ${idOf(1)} it is a calculator`);
    await app.until('the dismissal is shown', () => counts().includes('1 dismissed'));
    expect(thread(1)).toMatchObject({
      isResolved: true,
      body: expect.stringMatching(/^\*\*Dismissed\*\* by `wanda`/),
    });

    const fixing = await app.push({ 'src/a.js': A_FIXED });
    expect(counts()).toBe(`**Findings:** 0 open · 1 fixed (in \`${fixing.slice(0, 7)}\`) · 1 dismissed`);
    expect(thread(0)).toMatchObject({
      isResolved: true,
      body: expect.stringContaining(`**Fixed** in \`${fixing.slice(0, 7)}\``),
    });

    // The marker alone is left, and the dismissed file gets another name.
    await app.loseStore();
    await app.push({ 'src/b.js': null, 'src/calculator.js': `// moved\n${B}` });
    expect(app.inlineComments()).toHaveLength(2);
    expect(counts()).toBe(`**Findings:** 0 open · 1 fixed (in \`${fixing.slice(0, 7)}\`) · 1 dismissed`);

    // The store alone is left: the marker is forged.
    const [summary] = app.ownComments();
    invariant(summary !== undefined, 'there is a summary');
    summary.body = summary.body.replace(/"ledger":"[^"]{50}/, `"ledger":"${'A'.repeat(50)}`);
    await app.push({ 'src/a.js': A });
    expect(app.inlineComments().map(({ path }) => path)).toEqual(['src/a.js', 'src/b.js', 'src/a.js']);
    expect(thread(2).body).toContain(`**Back again:** this was fixed in \`${fixing.slice(0, 7)}\``);
    expect(counts()).toBe('**Findings:** 1 open (1 back again) · 1 dismissed');
    expect(app.app().logTail()).toContain('forged, cut or of another key');

    await app.gitHub.idle();
    expect(app.reviews().filter(({ state, body }) => state !== 'COMMENTED' || body === '')).toEqual([]);
    expect(app.gitHub.judge.violations).toEqual([]);
    expect(app.gitHub.requests.filter(({ status }) => status === 403)).toEqual([]);
  });

  it('is explained and answered in its thread, and dismissed by those who may write', async () => {
    const { app, thread, counts, idOf, repliesTo, say } = await open();
    const { people } = app.gitHub;
    const at = { repository: REPOSITORY, id: thread(0).id };

    await say(`/explain ${idOf(0)}`);
    await app.until('it is explained', () => repliesTo(0).length === 1);
    expect(repliesTo(0)[0]?.body).toMatch(/\*\*How it is known:\*\*.*\*\*What would change it:\*\*/s);

    await people.reply({ ...at, by: 'rita', body: 'What does that mean?' });
    await people.reply({ ...at, by: 'wanda', body: 'That is a false positive.' });
    await app.until('wanda is answered', () => repliesTo(0).length === 4);
    await app.until('the dispute is shown', () => counts().includes('1 disputed'));
    await people.reply({ ...at, by: 'wanda', body: 'I disagree all the same.' });

    await people.resolveThread({ ...at, by: 'rita' });
    await people.resolveThread({ ...at, by: 'rita', isResolved: false });
    expect(counts()).toContain('1 open');
    people.react({ ...at, by: 'rita', content: '-1' });
    await app.push({ 'src/other.js': 'export const other = 2;\n' });
    expect(counts()).toContain('1 open');

    await people.resolveThread({ ...at, by: 'wanda' });
    await app.until('the dismissal is shown', () => counts().includes('0 open · 1 dismissed'));
    expect(counts()).toBe('**Findings:** 0 open · 1 dismissed');
    expect(app.inlineComments()).toHaveLength(1);
    await app.gitHub.idle();
    expect(repliesTo(0)).toHaveLength(5);
    expect(app.gitHub.judge.violations).toEqual([]);
  });
});
