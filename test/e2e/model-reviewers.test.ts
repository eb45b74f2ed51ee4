import { afterEach, describe, expect, it } from 'vitest';
import type { FakeReviewComment } from '../../src/fake-github/fake-github.ts';
import { invariant } from '../../src/lib/invariant.ts';
import { type AppBench, isDone, openAppBench, PREVIEW, REPOSITORY, REVIEW } from '../support/app-bench.ts';
import { carefulModel } from '../support/careful-model.ts';
import { answerWith, askerOf } from '../support/reading-bench.ts';
import { type Script, type ScriptedModel, startScriptedModel } from '../support/scripted-model.ts';

const MEAN = 'export function mean(items) {\n  return sum(items) / items.length;\n}\n';
const MEAN_FIXED =
  'export function mean(items) {\n  if (items.length === 0) return 0;\n  return sum(items) / Math.max(1, items.length);\n}\n';
const ROWS = 'export function body(rows) {\n  const first = 1;\n  return rows.slice(first);\n}\n';
const ROWS_CHANGED = ROWS.replace('rows.slice(first)', 'rows.slice(first).reverse()');

const read = carefulModel([
  {
    line: 'sum(items) / items.length',
    kind: 'unhandled-case',
    words: ['The mean of no items is not a number', 'An empty list is divided by zero', 'NaN for nothing'],
  },
  {
    line: 'rows.slice(first)',
    kind: 'off-by-one',
    words: ['The first row is lost', 'It starts one too far', 'Row zero never shows'],
  },
]);

let bench: AppBench | undefined;
let model: ScriptedModel | undefined;

afterEach(async () => {
  await bench?.close();
  await model?.[Symbol.asyncDispose]();
  bench = undefined;
  model = undefined;
});

async function open() {
  const mood: { script: Script } = { script: read };
  const server = await startScriptedModel((asked) => mood.script(asked));
  model = server;
  const app = await openAppBench({
    base: { '.github/firsthand.yml': 'review: { reviewers: [logic] }\n', 'src/other.js': 'export {};\n' },
    head: { 'src/mean.js': MEAN, 'src/rows.js': ROWS },
    env: { FIRSTHAND_MODEL: 'vllm/scripted', FIRSTHAND_MODEL_URL: server.url, FIRSTHAND_MODEL_KEY: 'sk-e2e' },
  });
  bench = app;
  const pull = await app.openPull();
  await app.until(
    'the first head is reviewed',
    () => isDone(app, REVIEW, pull.headSha) && isDone(app, PREVIEW, pull.headSha),
  );
  const thread = (path: string): FakeReviewComment => {
    const comment = app.inlineComments().findLast((one) => one.path === path);
    invariant(comment !== undefined, `${path} has a thread`);
    return comment;
  };
  return {
    app,
    mood,
    server,
    pull,
    thread,
    said: () => app.inlineComments().map(({ path }) => path),
    counts: () => /\*\*Findings:\*\*[^\n<]*/.exec(app.ownComments()[0]?.body ?? '')?.[0] ?? '',
    idOf: (path: string) => /firsthand:finding ([0-9a-f]{12})/.exec(thread(path).body)?.[1] ?? '',
    repliesTo: (path: string) =>
      [...app.repository.reviewComments.values()].filter(({ inReplyTo }) => inReplyTo === thread(path).id),
    say: (body: string) =>
      app.gitHub.people.comment({ repository: REPOSITORY, number: pull.number, author: 'wanda', body }),
  };
}

describe('model reviewers, through the App', { timeout: 400_000 }, () => {
  it('say each finding once over pushes, with its cost, answer for it, and fall silent when the key is refused', async () => {
    const { app, mood, server, pull, thread, said, counts, idOf, repliesTo, say } = await open();
    const { people } = app.gitHub;

    // Inline, with what it cost as the endpoint counts it.
    expect(said()).toEqual(['src/mean.js', 'src/rows.js']);
    const { input, output } = server.served;
    expect(app.reviews()[0]?.body).toContain(`${(input + output).toLocaleString('en-US')} tokens`);
    expect(app.reviews()[0]?.body).toContain('price of vllm/scripted not known');
    expect(JSON.stringify(server.asked.map(({ text, instructions }) => [text, instructions]))).not.toContain(
      'sk-e2e',
    );

    // The same head again: nothing is asked twice, nothing is said twice.
    const asked = server.asked.length;
    const first = app.check(REVIEW, pull.headSha);
    await people.rerequestCheckRun({ repository: REPOSITORY, id: first?.id ?? 0, by: 'wanda' });
    await app.until('it is reviewed again', () => {
      const newest = app.check(REVIEW, pull.headSha);
      return newest?.id !== first?.id && newest?.status === 'completed';
    });
    expect(server.asked).toHaveLength(asked);
    expect(app.reviews()).toHaveLength(1);

    // Explained, and answered once.
    await say(`/explain ${idOf('src/mean.js')}`);
    await app.until('it is explained', () => repliesTo('src/mean.js').length === 1);
    expect(repliesTo('src/mean.js')[0]?.body).toMatch(
      /\*\*A model looked again:\*\* No caller rules the empty list out\.\s+To it, the finding holds\. It goes by `src\/mean\.js:2`/,
    );
    const at = { repository: REPOSITORY, id: thread('src/rows.js').id, by: 'wanda' };
    await people.reply({ ...at, by: 'rita', body: 'Where is that called?' });
    await people.reply({ ...at, body: 'Where is that called?' });
    await app.until('wanda is answered', () => repliesTo('src/rows.js').length === 3);
    expect(repliesTo('src/rows.js')[2]?.body).toMatch(/looked again.*`src\/rows\.js:3`/s);
    expect(server.asked.at(-1)?.text).toContain('Where is that called?');
    await people.reply({ ...at, body: 'And by whom?' });

    // Six pushes.
    await say(`/dismiss ${idOf('src/rows.js')} the first row is the header`);
    await app.until('the dismissal is shown', () => counts().includes('1 dismissed'));
    await app.push({ 'src/mean.js': `// The mean.\n\n${MEAN}`, 'src/rows.js': `// Rows.\n${ROWS}` });
    expect(server.asked.length).toBeGreaterThan(asked + 2);
    expect(said()).toHaveLength(2);
    expect(counts()).toBe('**Findings:** 1 open · 1 dismissed');

    // Its function changes, its finder overlooks it, the verifier does not: it is not fixed.
    mood.script = (turn) => (askerOf(turn) === 'verifier' ? read(turn) : answerWith({})(turn));
    await app.push({ 'src/mean.js': MEAN.replace('\n', '\n  check(items);\n') });
    expect(counts()).toBe('**Findings:** 1 open · 1 dismissed');

    mood.script = ({ number }) => ({ status: 401, text: `no key, ${number}` });
    const refused = await app.push({
      'src/mean.js': `// Mean.\n${MEAN}`,
      'src/new.js': 'export const n = 1;\n',
    });
    expect(app.check(REVIEW, refused)).toMatchObject({ conclusion: 'neutral' });
    expect(app.ownComments()[0]?.body).toMatch(/without a model: vllm\/scripted refused the key/);
    expect(counts()).toBe('**Findings:** 1 open · 1 dismissed');

    mood.script = read;
    const fixing = await app.push({ 'src/mean.js': MEAN_FIXED });
    expect(counts()).toBe(`**Findings:** 0 open · 1 fixed (in \`${fixing.slice(0, 7)}\`) · 1 dismissed`);
    expect(thread('src/mean.js')).toMatchObject({
      isResolved: true,
      body: expect.stringContaining(`**Fixed** in \`${fixing.slice(0, 7)}\``),
    });
    expect(said()).toHaveLength(2);

    await app.push({ 'src/rows.js': ROWS_CHANGED });
    expect(said()).toEqual(['src/mean.js', 'src/rows.js', 'src/rows.js']);

    // A newer push ends the reading of the older one.
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    mood.script = () => {
      reach();
      return { hang: true };
    };
    const slow = await people.push({
      repository: REPOSITORY,
      branch: 'change',
      author: 'wanda',
      files: { 'src/slow.js': 'export const slow = 1;\n' },
    });
    await reached;
    mood.script = read;
    await app.push({ 'src/slow.js': 'export const slow = 2;\n' });
    await app.until('the older review has ended', () => isDone(app, REVIEW, slow));
    expect(app.check(REVIEW, slow)?.conclusion).toBe('cancelled');

    await app.gitHub.idle();
    expect(said()).toHaveLength(3);
    expect(repliesTo('src/mean.js')).toHaveLength(1);
    expect(app.ownComments()).toHaveLength(1);
    expect(app.reviews().filter(({ state }) => state !== 'COMMENTED')).toEqual([]);
    expect(app.gitHub.judge.violations).toEqual([]);
  });
});
