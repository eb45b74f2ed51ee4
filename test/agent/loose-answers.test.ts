import { describe, expect, it } from 'vitest';
import { finderAnswerSchema, joinAnswers, verdictSchema } from '../../src/agent/claim-schema.ts';
import { readReply, type Step } from '../../src/agent/read-reply.ts';
import { toParameters } from '../../src/agent/tool.ts';
import { NO_TOKENS } from '../../src/domain/tokens.ts';
import { aClaim, aVerdict } from '../support/reading-bench.ts';

const claim = aClaim({ path: 'a.js', startLine: 2, code: 'return sum / count;' });
const verdict = aVerdict({});
const finder = { name: 'report', description: '', schema: finderAnswerSchema, join: joinAnswers };
const verifier = { name: 'decide', description: '', schema: verdictSchema };

function reply(text: string, ...inputs: readonly unknown[]) {
  const toolCalls = inputs.map((input, index) => ({ id: `${index}`, name: 'report', input }));
  return { kind: 'answered' as const, text, toolCalls, isCut: false, tokens: NO_TOKENS };
}

function titlesOf(step: Step<{ readonly findings: readonly { readonly title: string }[] }>) {
  return step.kind === 'answer' ? step.value.findings.map(({ title }) => title) : step;
}

describe('the answer of a finder', () => {
  const good = { receipts: ['H1:abcde'], findings: [claim] };

  it.each<[string, Parameters<typeof readReply>[0]]>([
    ['in an object by the name of the tool', reply(JSON.stringify({ report: good }))],
    [
      'as a call in a list of calls',
      reply(JSON.stringify({ tool_calls: [{ name: 'report', arguments: good }] })),
    ],
    [
      'as a call in the form of a protocol',
      reply(
        JSON.stringify({ type: 'function', function: { name: 'report', arguments: JSON.stringify(good) } }),
      ),
    ],
    ['as a call of a "tool"', reply(JSON.stringify({ tool: 'report', args: good }))],
    ['as a list of findings', reply(`Found:\n${JSON.stringify([claim])}`)],
    ['as a call with a single finding for a list', reply('', { ...good, findings: claim })],
    ['as a call whose input is a text with words around', reply('', `Here it is: ${JSON.stringify(good)}`)],
    ['as a call whose input is wrapped once more', reply('', { input: good })],
  ])('is understood %s', (_, given) => {
    expect(titlesOf(readReply(given, finder, []))).toEqual([claim.title]);
  });

  it('is all of its calls together', () => {
    const other = { ...claim, title: 'Something else' };
    const step = readReply(reply('', good, { receipts: ['H2:fffff'], findings: [other] }), finder, []);
    expect(titlesOf(step)).toEqual([claim.title, other.title]);
    expect(step).toMatchObject({ value: { receipts: ['H1:abcde', 'H2:fffff'] } });
  });

  it.each([
    ['an object', { H1: 'abcde' }, 'H1:abcde'],
    ['a list of objects', [{ passage: 'H1', receipt: 'H1:abcde' }], 'H1:abcde'],
    ['a text', 'H1:abcde', 'H1:abcde'],
  ])('may give its receipts as %s', (_, receipts, expected) => {
    expect(finderAnswerSchema.parse({ receipts, findings: [] }).receipts).toContain(expected);
  });

  it.each([
    ['severity', 'Blocker', 'critical'],
    ['severity', ' HIGH ', 'high'],
    ['severity', 'major', 'high'],
    ['severity', 'nit', 'low'],
    ['severity', 'purple', 'medium'],
    ['confidence', 0.8, 0.8],
    ['confidence', '80%', 0.8],
    ['confidence', 80, 0.8],
    ['confidence', 8, 0.8],
    ['confidence', '8/10', 0.8],
    ['confidence', 'high', 0.85],
    ['confidence', null, 0.5],
    ['side', 'RIGHT', 'new'],
    ['startLine', '12', 12],
    ['startLine', 'twelve', 1],
  ])('may say its %s as %j', (field, given, expected) => {
    const [read] = finderAnswerSchema.parse({
      receipts: [],
      findings: [{ ...claim, [field]: given }],
    }).findings;
    expect(read?.[field as keyof typeof read]).toBe(expected);
  });

  it('keeps the quotes that are quotes', () => {
    const quote = { path: 'a.js', line: 3, code: 'end();' };
    const evidence = [quote, 'a.js:4', { path: 'b.js' }];
    const [read] = finderAnswerSchema.parse({ receipts: [], findings: [{ ...claim, evidence }] }).findings;
    expect(read?.evidence).toEqual([quote]);
  });
});

describe('the answer of a verifier', () => {
  it('keeps to the words of the form, which decide', () => {
    expect(verdictSchema.safeParse({ ...verdict, verdict: 'Confirmed ' }).data?.verdict).toBe('confirmed');
    const step = readReply(reply(JSON.stringify({ ...verdict, verdict: 'plausible' })), verifier, []);
    expect(step).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining('verdict: Invalid option'),
    });
  });

  it.each([
    ['isCausedByChange', 'false', false],
    ['isCausedByChange', 'no', false],
    ['isCausedByChange', undefined, true],
    ['isReplacementRight', 'yes', true],
    ['isReplacementRight', 'perhaps', null],
    ['severity', 'unknown', undefined],
  ])('may say %s as %j', (field, given, expected) => {
    expect(verdictSchema.parse({ ...verdict, [field]: given })[field as keyof typeof verdict]).toBe(expected);
  });
});

describe('the form that models are given', () => {
  it('asks for every field, with no value to fall back on', () => {
    const text = JSON.stringify([toParameters(finderAnswerSchema), toParameters(verdictSchema)]);
    expect(text).not.toMatch(/"default"|9007199254740991/);
    expect(toParameters(finderAnswerSchema)).toMatchObject({
      type: 'object',
      required: ['receipts', 'findings'],
      properties: {
        findings: { items: { required: expect.arrayContaining(['code', 'trigger', 'severity']) } },
      },
    });
  });
});
