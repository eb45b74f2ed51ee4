import { describe, expect, it } from 'vitest';
import { omit } from '../../src/lib/omit.ts';
import { dismiss, markSaid } from '../../src/life/words-of-people.ts';
import { type Check, createPushes, noEval } from '../support/pushes.ts';
import { aModelUse, reviewer, reviewFinding } from '../support/reports.ts';

const CART = `export class Cart {
  total(text) {
    return eval(text);
  }
}
`;
const FIXED = CART.replace('eval(text)', 'Number(text)');
const unread = (path: string) => ({ notAnalysed: [{ path, reason: 'it took too long' }] });

/** A model's finding at the line that holds `part`, in its own words. */
function argued(part: string, title: string): Check {
  return (_path, line) =>
    line.includes(part)
      ? { evidence: 'argued', category: 'logic', source: 'vllm/scripted', title }
      : undefined;
}

describe('advanceReview, of what a model argues', () => {
  const code = `export class Cart {
  total(items, coupon) {
    const sum = add(items);
    const left = sum - coupon.amount;
    return left;
  }
}
`;
  const first = argued('coupon.amount', 'The total can go below zero');
  const reworded = argued('return left', 'Nothing keeps the result from being negative');
  const other = { 'other.js': 'export const other = 1;\n' };

  it('knows it in other words, of another line of a function that is as it was', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': code }, { check: first });
    const [before] = pushes.ledger.entries;
    expect(pushes.push('2', { ...other, 'cart.js': `// moved\n${code}` }, { check: reworded })).toEqual([
      'open',
    ]);
    expect(pushes.ledger.entries[0]?.id).toBe(before?.id);
  });

  it('stays silent in other words when it was dismissed, until its code changes', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': code }, { check: first });
    const id = pushes.ledger.entries[0]?.id ?? '';
    pushes.ledger = dismiss(pushes.ledger, id, { how: 'command', by: 'mona' });
    expect(pushes.push('2', { ...other, 'cart.js': code }, { check: reworded })).toEqual(['dismissed']);
    const changed = code.replace('return left', 'return left / 2');
    expect(pushes.push('3', { ...other, 'cart.js': changed }, { check: reworded })).toContain('open');
  });

  it('is fixed by a guard above its line, which stays as it is', () => {
    const python = 'def mean(items):\n    return divide(sum(items), len(items))\n';
    const guarded = python.replace(':\n', ':\n    if not items:\n        return 0\n');
    const check = (_path: string, line: string) =>
      line.includes('divide(sum')
        ? { evidence: 'argued' as const, source: 'a/model', title: 'The mean of nothing divides by zero' }
        : undefined;
    const pushes = createPushes();
    pushes.push('1', { 'mean.py': python }, { check });
    const silent = { findings: [], reviewers: [reviewer({ model: aModelUse(41) })] };
    expect(pushes.push('2', { 'mean.py': guarded }, { report: silent })).toEqual(['fixed']);
  });

  it('is another finding in another function', () => {
    const pushes = createPushes();
    const both = `${code}export function fee(items) {\n  return left(items);\n}\n`;
    pushes.push('1', { 'cart.js': both }, { check: first });
    const check = argued('return left(', 'The fee is counted twice');
    expect(pushes.push('2', { ...other, 'cart.js': both }, { check })).toEqual(['open', 'open']);
  });
});

describe('advanceReview', () => {
  it('knows a finding when the code around it, its indentation and its quotes change', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART.replace('eval(text)', 'eval(text + "a")') });
    const moved = `import x from 'x';\n\n\n${CART.replace('eval(text)', "eval( text+'a' )")}`.replaceAll(
      '  ',
      '\t',
    );
    expect(pushes.push('2', { 'cart.js': moved })).toEqual(['open']);
    expect(pushes.ledger.entries[0]).toMatchObject({ firstSeen: '1', lastSeen: '2' });
  });

  it('finds nothing new in the same code, however often it is read', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    const before = pushes.ledger.entries;
    for (const head of ['1', '1', '1']) pushes.push(head, { 'cart.js': CART });
    expect(pushes.ledger.entries).toEqual(before);
  });

  it('tells equal lines in different functions apart when one of them is fixed', () => {
    const pushes = createPushes();
    const other = 'function other(text) {\n  return eval(text);\n}\n';
    const both = `${other}function total(text) {\n  return eval(text);\n}\n`;
    expect(pushes.push('1', { 'cart.js': both })).toEqual(['open', 'open']);
    expect(pushes.push('2', { 'cart.js': both.replace('return eval', 'return Number') })).toEqual([
      'fixed',
      'open',
    ]);
    expect(pushes.ledger.entries[1]?.lastSeen).toBe('2');
  });

  it('calls a finding fixed, with the commit, when its code changed and the check is silent', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    expect(pushes.push('2', { 'cart.js': FIXED })).toEqual(['fixed']);
    expect(pushes.ledger.entries[0]?.fixedIn).toBe('2');
    expect(pushes.push('3', { 'cart.js': `${FIXED}\n// more\n` })).toEqual(['fixed']);
    expect(pushes.ledger.entries[0]?.fixedIn).toBe('2');
  });

  it.each([
    ['failed', { reviewers: [reviewer({ category: 'security', status: 'failed' })] }],
    ['was skipped', { reviewers: [reviewer({ category: 'security', status: 'skipped' })] }],
    ['did not run', { reviewers: [reviewer({ category: 'logic' })] }],
    ['could not read the file', unread('cart.js')],
  ])('never calls a finding fixed when its reviewer %s', (_, changes) => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    expect(pushes.push('2', { 'cart.js': FIXED }, { report: { findings: [], ...changes } })).toEqual([
      'open',
    ]);
  });

  it('does not call a finding fixed that went into a file that nobody read', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    const silent = { findings: [], ...unread('basket.js') };
    expect(pushes.push('2', { 'basket.js': CART }, { report: silent })).toEqual(['open']);
  });

  it('says that it is back when it is fixed and comes back', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    pushes.ledger = markSaid(pushes.ledger, new Set([pushes.ledger.entries[0]?.id ?? '']), 'inline');
    pushes.push('2', { 'cart.js': FIXED });
    expect(pushes.push('3', { 'cart.js': CART })).toEqual(['regressed']);
    expect(pushes.ledger.entries[0]).toMatchObject({ said: 'no', fixedIn: '2' });
    expect(pushes.push('4', { 'cart.js': `${CART}\n` })).toEqual(['regressed']);
  });

  it('follows a file that gets another name, and code that goes to another file', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    expect(pushes.push('2', { 'basket.js': CART })).toEqual(['open']);
    expect(pushes.push('3', { 'basket.js': 'export {};\n', 'old/basket.js': CART })).toEqual(['open']);
    expect(pushes.ledger.entries[0]?.path).toBe('old/basket.js');
  });

  it('keeps one finding when its line is changed and still wrong', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    expect(pushes.push('2', { 'cart.js': CART.replace('eval(text)', 'eval(text.trim())') })).toEqual([
      'open',
    ]);
  });

  it('keeps one finding when a line outside of any function is changed in its place, and takes another line for another', () => {
    const pushes = createPushes();
    const code = 'a();\neval(1);\nb();\nc();\n';
    pushes.push('1', { 'cart.js': code });
    expect(pushes.push('2', { 'cart.js': code.replace('eval(1)', 'eval(2)') })).toEqual(['open']);
    expect(pushes.push('3', { 'cart.js': 'a();\nb();\nc();\neval(3);\nd();\n' })).toEqual(['fixed', 'open']);
  });

  it('leaves a dismissed one alone until its code changes', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART });
    const [entry] = pushes.ledger.entries;
    pushes.ledger = dismiss(pushes.ledger, entry?.id ?? '', {
      how: 'command',
      by: 'mona',
      why: 'on purpose',
    });
    expect(pushes.push('2', { 'cart.js': `// more\n${CART}` })).toEqual(['dismissed']);
    expect(pushes.push('3', { 'src/cart.js': CART })).toEqual(['dismissed']);
    expect(pushes.push('4', { 'src/cart.js': FIXED })).toEqual(['dismissed']);
    expect(pushes.push('5', { 'src/cart.js': CART })).toEqual(['dismissed']);
    expect(pushes.push('6', { 'src/cart.js': CART.replace('eval(text)', 'eval(atob(text))') })).toEqual([
      'open',
    ]);
    expect(pushes.ledger.entries[0]).toMatchObject({ said: 'no' });
    expect(pushes.ledger.entries[0]?.dismissal).toBeUndefined();
  });

  it('calls it outdated, not fixed, when the pull request no longer brings the code', () => {
    const base = { 'cart.js': 'export {};\n' };
    const pushes = createPushes(base);
    pushes.push('1', { 'cart.js': CART });
    // The base got the same code meanwhile, so the diff is without it.
    const others = createPushes({ 'cart.js': CART });
    others.ledger = pushes.ledger;
    expect(others.push('2', { 'cart.js': `${CART}\n// more\n` }, { report: { findings: [] } })).toEqual([
      'outdated',
    ]);
  });

  it('calls it outdated, not fixed, when another version of a tool no longer reports unchanged code', () => {
    const pushes = createPushes();
    const engine = (version: string) => ({
      reviewers: [reviewer({ category: 'security', engine: `tool ${version}` })],
    });
    pushes.push('1', { 'cart.js': CART }, { report: engine('1.0.0') });
    const silent = { findings: [], ...engine('2.0.0') };
    expect(pushes.push('2', { 'cart.js': CART, 'b.js': '' }, { report: silent })).toEqual(['outdated']);
  });

  it('calls it fixed when the cause lay elsewhere in the pull request, and the same tool is now silent', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART, 'b.js': 'a\n' });
    expect(pushes.push('2', { 'cart.js': CART, 'b.js': 'b\n' }, { report: { findings: [] } })).toEqual([
      'fixed',
    ]);
  });

  it('keeps what stands for several as long as one of them is left, and says what joins a dismissed one', () => {
    const pushes = createPushes();
    const texts = { 'cart.js': 'let a = eval(1);\nlet b = eval(2);\n' };
    const group = (first: string, includes: string[]) => ({
      check: (path: string, line: string, number: number) =>
        line.includes(first) ? { ...noEval(path, line, number), id: includes[0] ?? '', includes } : undefined,
    });
    pushes.push('1', texts, group('eval(1)', ['aaaaaaaaaaaa', 'bbbbbbbbbbbb']));
    const left = { 'cart.js': 'let b = eval(2);\n' };
    expect(pushes.push('2', left, group('eval(2)', ['bbbbbbbbbbbb', 'cccccccccccc']))).toEqual(['open']);
    pushes.ledger = dismiss(pushes.ledger, pushes.ledger.entries[0]?.id ?? '', {
      how: 'command',
      by: 'mona',
    });
    expect(pushes.push('3', left, group('eval(2)', ['cccccccccccc', 'bbbbbbbbbbbb']))).toEqual(['dismissed']);
    expect(pushes.push('4', left, group('eval(2)', ['cccccccccccc', 'dddddddddddd']))).toEqual(['open']);
  });
});

describe('advanceReview on what has no place in the code', () => {
  it('follows it by its id, and calls it fixed when it is gone', () => {
    const pushes = createPushes();
    const words = omit(reviewFinding({ id: 'aaaaaaaaaaaa', category: 'security' }), 'location');
    pushes.push('1', { 'cart.js': FIXED }, { report: { findings: [words] } });
    expect(pushes.push('2', { 'cart.js': FIXED }, { report: { findings: [words] } })).toEqual(['open']);
    expect(pushes.push('2', { 'cart.js': FIXED }, { report: { findings: [] } })).toEqual(['fixed']);
  });
});

describe('advanceReview on what a model argues', () => {
  const argue = (title: string, id: string) => ({
    check: (_path: string, line: string) =>
      line.includes('eval(') ? { evidence: 'argued' as const, source: 'a/model', title, id } : undefined,
  });
  const nothing = { report: { findings: [], reviewers: [reviewer({ model: aModelUse(41) })] } };

  it('knows it in other words', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART }, argue('The text is run as code', 'aaaaaaaaaaaa'));
    expect(pushes.push('2', { 'cart.js': CART }, argue('eval executes user input', 'bbbbbbbbbbbb'))).toEqual([
      'open',
    ]);
    expect(pushes.ledger.entries).toHaveLength(1);
  });

  it('is not fixed by silence while its function is as it was', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART }, argue('The text is run', 'aaaaaaaaaaaa'));
    expect(pushes.push('2', { 'cart.js': `// more\n${CART}` }, nothing)).toEqual(['open']);
    const checked = CART.replace('    return', '    if (!isNumber(text)) throw text;\n    return');
    expect(pushes.push('3', { 'cart.js': checked }, nothing)).toEqual(['fixed']);
  });

  it('is held back when the same model had read the same diff whole without saying it', () => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART }, nothing);
    expect(pushes.push('1', { 'cart.js': CART }, argue('The text is run', 'aaaaaaaaaaaa'))).toEqual([]);
    expect(pushes.last?.held.map(({ id }) => id)).toEqual(['aaaaaaaaaaaa']);
    expect(
      pushes.push('2', { 'cart.js': `${CART}x();\n` }, argue('The text is run', 'aaaaaaaaaaaa')),
    ).toEqual(['open']);
  });

  it('is told when the first reading was not whole', () => {
    const pushes = createPushes();
    const cut = { reviewers: [reviewer({ hunksRead: 3, hunksTotal: 4 })] };
    pushes.push('1', { 'cart.js': CART }, { report: { findings: [], ...cut } });
    expect(pushes.push('1', { 'cart.js': CART }, argue('The text is run', 'aaaaaaaaaaaa'))).toEqual(['open']);
  });

  it.each([
    ['no model read this time', reviewer()],
    ['the model read a part', reviewer({ model: aModelUse(40) })],
  ])('is not fixed when %s, whatever became of its code', (_, report) => {
    const pushes = createPushes();
    pushes.push('1', { 'cart.js': CART }, argue('The text is run', 'aaaaaaaaaaaa'));
    const silent = { report: { findings: [], reviewers: [report] } };
    expect(pushes.push('2', { 'cart.js': FIXED }, silent)).toEqual(['open']);
  });

  it('keeps two faults of one function apart', () => {
    const pushes = createPushes();
    const two = (path: string, line: string) => {
      if (path !== 'cart.js') return undefined;
      const common = { evidence: 'argued' as const, source: 'a/model' };
      if (line.includes('one')) return { ...common, id: 'aaaaaaaaaaaa', title: 'The last item is skipped' };
      return line.includes('two')
        ? { ...common, id: 'bbbbbbbbbbbb', title: 'Discount is applied twice' }
        : undefined;
    };
    const code = 'function total(items) {\n  one(items);\n  two(items);\n}\n';
    pushes.push('1', { 'cart.js': code }, { check: two });
    const reviewers = [reviewer({ model: aModelUse(41) })];
    const less = { 'cart.js': code.replace('  one(items);\n', '') };
    expect(pushes.push('2', less, { check: two, report: { reviewers } })).toEqual(['fixed', 'open']);
  });
});
