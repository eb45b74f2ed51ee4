import { describe, expect, it } from 'vitest';
import { CHANGE, confirm, DIVISION, PROOF } from '../support/mean-change.ts';
import { aClaim, answerWith, askerOf, aVerdict, readWith, receiptsIn } from '../support/reading-bench.ts';

describe('readChange, from turn to turn with a model', () => {
  it('asks a finder again until a round adds nothing, in one review', async () => {
    const other = aClaim({
      path: 'src/mean.js',
      startLine: 1,
      code: 'export function mean(items) {',
      kind: 'broken-contract',
      title: 'Callers hand over a Map, which has no length',
      mechanism: 'A Map knows its size and has no field of that name.',
      consequence: 'Every caller with a Map receives undefined there.',
    });
    const { reading, asked } = await readWith(
      (turn) => {
        if (askerOf(turn) === 'verifier') return answerWith({ verifier: confirm })(turn);
        const findings = turn.messages.length === 1 ? [DIVISION] : turn.messages.length <= 4 ? [other] : [];
        return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(turn), findings } }] };
      },
      { ...CHANGE, categories: ['logic'] },
    );
    expect(reading.findings.map(({ title }) => title).sort()).toEqual([other.title, DIVISION.title]);
    expect(asked.filter((turn) => askerOf(turn) === 'logic')).toHaveLength(3);
  });

  it('lets a finder quote again what does not stand there as quoted', async () => {
    const { reading, asked } = await readWith(
      (turn) => {
        if (askerOf(turn) === 'verifier') return answerWith({ verifier: confirm })(turn);
        const wrong = { ...DIVISION, code: 'return total(items) / items.size;' };
        const findings = turn.messages.length === 1 ? [wrong] : turn.messages.length <= 4 ? [DIVISION] : [];
        return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(turn), findings } }] };
      },
      { ...CHANGE, categories: ['logic'] },
    );
    expect(asked[1]?.text).toContain(
      'does not stand in the passages as quoted: "The mean of no items is NaN". If you stand by one,',
    );
    expect(reading.findings).toMatchObject([{ title: 'The mean of no items is NaN' }]);
    expect(reading.rejected).toEqual([]);
  });

  it('lets a finder point at the change where it pointed beside it', async () => {
    const far = 'export const limit = 10;';
    const lines = Array.from({ length: 8 }, (_, line) => `step(${line});`);
    const base = { 'src/far.js': `${[far, ...lines].join('\n')}\nrun(limit);\n` };
    const head = { 'src/far.js': `${[far, ...lines].join('\n')}\nrun(limit + 1);\n` };
    const diff = [
      'diff --git a/src/far.js b/src/far.js',
      '--- a/src/far.js',
      '+++ b/src/far.js',
      '@@ -8,3 +8,3 @@',
      ' step(6);',
      ' step(7);',
      '-run(limit);',
      '+run(limit + 1);',
      '',
    ].join('\n');
    const beside = aClaim({ path: 'src/far.js', startLine: 1, code: far });
    const right = { ...beside, startLine: 10, endLine: 10, code: 'run(limit + 1);' };
    const { reading, asked } = await readWith(
      (turn) => {
        if (askerOf(turn) === 'verifier') {
          const proof = { path: 'src/far.js', line: 10, code: right.code };
          return answerWith({ verifier: () => aVerdict({ evidence: [proof] }) })(turn);
        }
        const findings = turn.messages.length === 1 ? [beside] : turn.messages.length <= 4 ? [right] : [];
        return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(turn), findings } }] };
      },
      { base, head, diff, categories: ['logic'] },
    );
    expect(asked[1]?.text).toContain(
      'stands at lines that the change does not touch: "Something goes wrong"',
    );
    expect(reading.findings).toMatchObject([{ location: { startLine: 10 } }]);
  });

  it('lets a verifier quote again, and counts its second verdict', async () => {
    const { reading, asked } = await readWith(
      answerWith({
        logic: [DIVISION],
        verifier: ({ messages }) =>
          messages.length === 1
            ? aVerdict({ evidence: [{ ...PROOF, code: 'return sum / count' }] })
            : confirm(),
      }),
      CHANGE,
    );
    expect(reading.findings).toHaveLength(1);
    expect(asked.filter((turn) => askerOf(turn) === 'verifier')).toHaveLength(2);
  });

  it('counts a hunk as read only with its receipt, asks once more for it, and lists what stays unread', async () => {
    const { reading, asked } = await readWith(
      () => ({ toolCalls: [{ name: 'report', input: { receipts: ['H1:00000'], findings: [] } }] }),
      { ...CHANGE, categories: ['security'] },
    );
    expect(asked.length).toBeGreaterThan(1);
    expect(asked[1]?.text).toContain('No valid receipt came for H1');
    expect(reading.readers).toMatchObject([
      {
        category: 'security',
        hunksTotal: 1,
        unread: [{ path: 'src/mean.js', hunk: 0, reason: expect.stringContaining('receipt') }],
      },
    ]);
  });

  it('takes an answer that is written as text, with words around it', async () => {
    const { reading } = await readWith(
      (turn) =>
        askerOf(turn) === 'verifier'
          ? { text: `I looked {closely}.\n\`\`\`json\n${JSON.stringify(confirm())}\n\`\`\`` }
          : {
              text: `Here: ${JSON.stringify({ receipts: receiptsIn(turn), findings: turn.messages.length === 1 ? [DIVISION] : [] })} Done {now}.`,
            },
      { ...CHANGE, categories: ['logic'] },
    );
    expect(reading.findings).toHaveLength(1);
  });

  it('sends an answer back that does not fit, with what is wrong, and gives up after two', async () => {
    const { reading, asked } = await readWith(
      () => ({ toolCalls: [{ name: 'report', input: { receipts: ['all'], findings: 'none' } }] }),
      { ...CHANGE, categories: ['security'] },
    );
    expect(asked).toHaveLength(3);
    expect(asked[1]?.text).toContain('The answer does not fit: findings:');
    expect(reading.readers[0]?.unread[0]?.reason).toMatch(/no answer of the form/);
  });

  it('runs look-ups for a model and hands the result back fenced', async () => {
    const { asked } = await readWith(
      (turn) =>
        turn.messages.length === 1
          ? {
              toolCalls: [
                { name: 'read_file', input: { path: 'src/report.js' } },
                { name: 'read_file', input: { path: '../../etc/passwd' } },
                { name: 'find_references', input: { name: 'mean' } },
                { name: 'rm', input: {} },
              ],
            }
          : { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(turn), findings: [] } }] },
      { ...CHANGE, categories: ['logic'] },
    );
    const text = asked[1]?.text ?? '';
    expect(text).toContain('<<<data f00dfeedf00dfeed file>>>\n    1 |import { mean }');
    expect(text).toContain('There is no such text file');
    expect(text).toContain('src/report.js:2: show(mean(rows));');
    expect(text).toContain('There is no such tool.');
  });
});
