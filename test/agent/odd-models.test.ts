import { describe, expect, it } from 'vitest';
import { CHANGE, confirm, DIVISION } from '../support/mean-change.ts';
import { answerWith, askerOf, readWith, receiptsIn } from '../support/reading-bench.ts';
import type { AskedTurn, ScriptedReply } from '../support/scripted-model.ts';

const good = answerWith({ logic: [DIVISION], verifier: confirm });

/** The answer of a good model, as JSON. */
function inputOf(asked: AskedTurn): unknown {
  return good(asked).toolCalls?.[0]?.input;
}

/** What a model without tools makes of it: every answer is written by `write`. */
function writing(write: (json: string, asked: AskedTurn) => string): (asked: AskedTurn) => ScriptedReply {
  return (asked) => ({ text: write(JSON.stringify(inputOf(asked), undefined, 1), asked) });
}

describe('a model that is not as one would wish', () => {
  it.each<[string, (json: string, asked: AskedTurn) => string]>([
    [
      'writes its answer in a fence, with words around',
      (json) => `Sure!\n\n\`\`\`json\n${json}\n\`\`\`\n\nHope {that} helps.`,
    ],
    ['thinks aloud in drafts', (json) => `<think>if (x) { y } else {"findings": []} hm</think>\n${json}`],
    ['repeats the form first', (json) => `I fill in {"receipts": ["H1:…"]}:\n${json}`],
    ['leaves a comma behind the last field', (json) => json.replace(/\}$/, ',}')],
    ['breaks lines inside of strings', (json) => json.replace('Somebody calls', 'Somebody\ncalls')],
    [
      'writes the call as text',
      (json, asked) =>
        `<tool_call>{"name": "${askerOf(asked) === 'verifier' ? 'decide' : 'report'}", "arguments": ${json}}</tool_call>`,
    ],
  ])('is understood when it %s', async (_, write) => {
    const { reading } = await readWith(writing(write), { ...CHANGE, categories: ['logic'] });
    expect(reading.findings.map(({ title }) => title)).toEqual([DIVISION.title]);
    expect(reading.readers[0]).toMatchObject({ unread: [] });
  });

  it('may look things up by calls that it writes as text', async () => {
    const { reading, asked } = await readWith(
      (turn) =>
        askerOf(turn) === 'logic' && turn.messages.length === 1
          ? { text: '{"name": "read_file", "arguments": {"path": "src/report.js"}}' }
          : {
              text: JSON.stringify(
                turn.messages.length === 3
                  ? inputOf({ ...turn, messages: turn.messages.slice(0, 1) })
                  : inputOf(turn),
              ),
            },
      { ...CHANGE, categories: ['logic'] },
    );
    expect(asked[1]?.messages[2]).toMatchObject({
      role: 'user',
      text: expect.stringContaining('show(mean(rows))'),
    });
    expect(reading.findings).toHaveLength(1);
  });

  it('is asked again when it says nothing, and is named when it never does', async () => {
    const once = await readWith((turn) => (turn.number === 1 ? { text: '' } : inputFor(turn)), {
      ...CHANGE,
      categories: ['logic'],
    });
    expect(once.reading.findings).toHaveLength(1);
    const never = await readWith(() => ({ text: '' }), { ...CHANGE, categories: ['logic'] });
    expect(never.reading.readers[0]?.unread).toMatchObject([
      { reason: expect.stringContaining('gave no answer') },
    ]);
    expect(never.asked).toHaveLength(3);
  });

  it('is asked for a shorter answer when the first was cut', async () => {
    const { reading, asked } = await readWith(
      (turn) => (turn.number === 1 ? { text: '{"receipts": ["H1:', isCut: true } : inputFor(turn)),
      { ...CHANGE, categories: ['logic'] },
    );
    expect(asked[1]?.text).toContain('cut at its maximal length');
    // What it thought may have taken the room.
    expect(Number(asked[1]?.body['max_tokens'])).toBe(2 * Number(asked[0]?.body['max_tokens']));
    expect(reading.findings).toHaveLength(1);
  });

  it('is not pressed when it refuses, and costs only the passage at which it does', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'bomb', 'c'].map((name) => [`src/${name}.js`, `${name}();\n`]),
    );
    const refusal = { choices: [{ message: { content: null, refusal: 'No.' }, finish_reason: 'stop' }] };
    const { reading, asked } = await readWith(
      (turn) => (turn.text.includes('bomb();') ? { body: JSON.stringify(refusal) } : inputFor(turn)),
      { head: files, categories: ['logic'] },
    );
    expect(reading.readers[0]?.unread).toMatchObject([
      { path: 'src/bomb.js', reason: 'openai-compatible/scripted refused to answer' },
    ]);
    expect(asked.filter(({ text }) => text.includes('bomb();'))).toHaveLength(3);
  });

  it('is said not to count, where its numbers are our own', async () => {
    const { reading } = await readWith(
      (turn) => {
        const message = { role: 'assistant', content: JSON.stringify(inputOf(turn)) };
        return { body: JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }) };
      },
      { ...CHANGE, categories: ['logic'] },
    );
    const [reader] = reading.readers;
    expect(reader?.inputTokens).toBeGreaterThan(500);
    expect(reader?.problems).toEqual([
      `openai-compatible/scripted did not count tokens in ${reader?.calls} of ${reader?.calls} answers: theirs are an estimate`,
    ]);
  });

  it('loses no claim for a field of another that is none', async () => {
    const { reading } = await readWith(
      answerWith({
        logic: [
          { ...DIVISION, startLine: 'two', endLine: null, severity: 7, evidence: 'none' },
          { path: 3, title: null },
        ],
        verifier: confirm,
      }),
      { ...CHANGE, categories: ['logic'] },
    );
    expect(reading.findings).toMatchObject([{ title: DIVISION.title, location: { startLine: 2 } }]);
  });
});

/** A good answer to a turn that is not the first. */
function inputFor(turn: AskedTurn): ScriptedReply {
  if (askerOf(turn) === 'verifier') return good(turn);
  const hasAnswered = turn.messages.some(({ text }) => text.includes('fresh eyes'));
  const findings = hasAnswered ? [] : [DIVISION];
  return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(turn), findings } }] };
}

describe('a model with little room', () => {
  const files = Object.fromEntries(
    Array.from({ length: 6 }, (_, file) => [
      `src/part-${file}.js`,
      Array.from(
        { length: 60 },
        (__, line) => `export const value${file}x${line} = ${line} * factor;\n`,
      ).join(''),
    ]),
  );
  const head = { ...files, ...CHANGE.head };

  it('reads all of a change in smaller pieces when it refuses longer ones', async () => {
    const limit = 20_000;
    const sizes: number[] = [];
    const { reading } = await readWith(
      (turn) => {
        const size = turn.instructions.length + turn.text.length;
        sizes.push(size);
        return size > limit ? { status: 400, text: 'maximum context length' } : inputFor(turn);
      },
      { base: CHANGE.base, head, categories: ['logic'] },
    );
    expect(Math.max(...sizes)).toBeGreaterThan(limit);
    expect(reading.readers[0]).toMatchObject({ unread: [] });
    expect(reading.findings.map(({ title }) => title)).toContain(DIVISION.title);
  });

  it('is never asked more than it was said to hold', async () => {
    const contextTokens = 8192;
    const { reading, asked } = await readWith(inputFor, {
      base: CHANGE.base,
      head,
      categories: ['logic'],
      contextTokens,
    });
    for (const { instructions, text, body } of asked) {
      const characters = instructions.length + text.length + JSON.stringify(body['tools'] ?? '').length;
      expect(characters / 3 + Number(body['max_tokens'])).toBeLessThanOrEqual(contextTokens);
    }
    expect(reading.readers[0]).toMatchObject({ unread: [] });
  });

  it('reads again what its server has cut off unseen', async () => {
    const { reading } = await readWith(
      (turn) => {
        // Only the end of a long question arrives.
        const cut = { ...turn, text: turn.text.slice(-6000) };
        return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(cut), findings: [] } }] };
      },
      { base: {}, head: files, categories: ['logic'] },
    );
    expect(reading.readers[0]).toMatchObject({ unread: [], hunksTotal: 6 });
  });
});
