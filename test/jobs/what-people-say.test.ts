import { describe, expect, it } from 'vitest';
import type { ExplainTask } from '../../src/agent/explain-finding.ts';
import type { JobPorts } from '../../src/jobs/job-ports.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aCommandJob, type JobBench, jobContext } from '../support/job-bench.ts';
import { CODE, counts, firstThread, idOf, openPull, reply, say } from '../support/pushed-pull.ts';

describe('what people say to a finding', () => {
  it('is dismissed by /dismiss, a 👎 or a resolved thread of a person who may write, and stays silent', async () => {
    const ways: ((bench: JobBench) => Promise<void> | void)[] = [
      (bench) => say(bench, `/dismiss ${idOf(bench).slice(0, 8)} it is a calculator`),
      (bench) => say(bench, '/dismiss it is a calculator', { thread: firstThread(bench).commentId }),
      (bench) => void firstThread(bench).downvotedBy.push('stranger', 'mona'),
      (bench) => void Object.assign(firstThread(bench), { isResolved: true, resolvedBy: 'mona' }),
    ];
    for (const dismiss of ways) {
      const { bench, push, said } = openPull();
      await push({ 'a.js': CODE });
      await dismiss(bench);
      await push({ 'a.js': `// more\n${CODE}` });
      expect(counts(bench)).toBe('**Findings:** 0 open · 1 dismissed');
      expect(bench.summary()).toMatch(/^### Nothing found/);
      expect(bench.check('Firsthand: review')).toMatchObject({ conclusion: 'success' });
      await push({ 'a.js': CODE.replace('eval(text)', 'eval(atob(text))') });
      expect(said()).toBe(2);
      expect(counts(bench)).toBe('**Findings:** 1 open');
    }
  });

  it('is not dismissed by others', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await say(bench, `/dismiss ${idOf(bench)}`, { author: 'stranger' });
    expect(bench.github.comments.at(-1)?.body).toMatch(/`stranger` has no write access/);
    Object.assign(firstThread(bench), {
      isResolved: true,
      resolvedBy: 'stranger',
      downvotedBy: ['stranger'],
    });
    await push({ 'a.js': `// more\n${CODE}` });
    expect(counts(bench)).toBe('**Findings:** 1 open');
  });

  it('shows a dismissal at once, with its reason, and resolves the thread', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await say(bench, `/dismiss ${idOf(bench)} a </details> calculator`);
    await say(bench, `/dismiss ${idOf(bench)} a </details> calculator`);
    expect(firstThread(bench)).toMatchObject({
      isResolved: true,
      body: expect.stringMatching(/^\*\*Dismissed\*\* by `mona`/),
    });
    expect(bench.summary()).toMatch(/Dismissed \(1\).*by `mona`: a .{0,20}details.{0,20} calculator/s);
    expect(bench.github.reactions.map(({ reaction }) => reaction)).toEqual(['eyes', '+1', 'eyes', '+1']);
  });

  it('says which finding it does not know', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await say(bench, '/dismiss 0000aaaa1111');
    await say(bench, '/explain', { commentId: 6 });
    const answers = bench.github.comments.slice(1).map(({ body }) => body);
    expect(answers).toEqual([
      expect.stringMatching(/^No finding of this pull request goes by `0000aaaa1111`/),
      expect.stringMatching(/^Which finding\?/),
    ]);
  });

  it('is explained in its thread, once for each question', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await say(bench, `/explain ${idOf(bench)}`);
    await say(bench, `/explain ${idOf(bench)}`);
    expect(bench.github.comments).toHaveLength(1);
    const [{ body } = { body: '' }, ...others] = firstThread(bench).replies;
    expect(others).toEqual([]);
    expect(body).toContain('The second `a` wins');
    expect(body).toMatch(/\*\*How it is known:\*\* the check `test\/no-eval` fires on the code on `1111111`/);
    expect(body).toMatch(/\*\*What would change it:\*\* a commit that changes the code/);
  });

  it('is explained from the marker when the store is lost, without words that nobody kept', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    bench.store.lose();
    await say(bench, `/explain ${idOf(bench)}`);
    expect(firstThread(bench).replies[0]?.body).toContain('`/review` reads the diff again');
  });

  it('lets a model add what it knows', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    const asked: ExplainTask[] = [];
    const ports: JobPorts = {
      ...bench.ports,
      explainer: {
        explain: async (task) => {
          asked.push(task);
          return {
            model: 'vllm/scripted',
            inputTokens: 1200,
            outputTokens: 30,
            said: {
              answer: 'It runs <img src=x> @octocat code.',
              view: 'does-not-hold',
              places: [{ path: 'a.js', line: 2 }],
            },
          };
        },
      },
    };
    await reply({ ...bench, ports }, 'Why is that bad?');
    expect(asked).toMatchObject([
      { question: 'Why is that bad?', location: { path: 'a.js', startLine: 2 }, head: '1'.repeat(40) },
    ]);
    const answer = firstThread(bench).replies[0]?.body ?? '';
    expect(answer).toMatch(/A model looked again:\*\* It runs (?!<img).* @\u200boctocat code/);
    expect(answer).toContain('stays open all the same');
    expect(answer).toMatch(/1,200 tokens in, 30 out · price not known/);
    expect(counts(bench)).toBe('**Findings:** 1 open');
  });

  it('says why a model that was asked adds nothing, and answers without one that breaks', async () => {
    for (const [explain, expected] of [
      [
        async () => ({ model: 'vllm/scripted', inputTokens: 0, outputTokens: 0, why: 'the key was refused' }),
        /adds nothing: the key was refused/,
      ],
      [
        () => Promise.reject(new Error('the process ended')),
        /^(?!.*(?:looked again|adds nothing)).*How it is known/s,
      ],
    ] as const) {
      const { bench, push } = openPull();
      await push({ 'a.js': CODE });
      await reply({ ...bench, ports: { ...bench.ports, explainer: { explain } } }, 'Why is that bad?');
      expect(firstThread(bench).replies[0]?.body).toMatch(expected);
    }
  });

  it('is answered once in a thread, with evidence, and to nobody without write access', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await reply(bench, 'What?', { author: 'stranger' });
    expect(firstThread(bench).replies).toEqual([]);
    await reply(bench, 'This is a false positive.');
    await reply(bench, 'I still disagree.', { commentId: 6 });
    expect(firstThread(bench).replies.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^\*\*How it is known:\*\* the check/),
    ]);
    expect(counts(bench)).toBe('**Findings:** 1 open (1 disputed)');
  });

  it('says nothing in threads of others', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    await say(bench, '/explain', { thread: 999_999 });
    await say(bench, '/dismiss', { thread: 999_999, author: 'stranger' });
    expect(bench.github.reactions).toEqual([]);
    expect(firstThread(bench).replies).toEqual([]);
  });

  it('takes a resolved thread into the summary at once', async () => {
    const { bench, push } = openPull();
    await push({ 'a.js': CODE });
    Object.assign(firstThread(bench), { isResolved: true, resolvedBy: 'mona' });
    const { kind: _, commentId: __, author: ___, body: ____, ...at } = aCommandJob();
    await handleJob({ ...at, kind: 'thread', sender: 'mona' }, jobContext({ id: 'thread-1' }), bench.ports);
    expect(counts(bench)).toBe('**Findings:** 0 open · 1 dismissed');
  });
});
