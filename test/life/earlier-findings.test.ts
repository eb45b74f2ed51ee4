import { describe, expect, it } from 'vitest';
import { earlierEntries, findEarlier } from '../../src/life/earlier-findings.ts';
import { dismiss } from '../../src/life/words-of-people.ts';
import { createPushes, findingsOf } from '../support/pushes.ts';

const MEAN = 'export function mean(items) {\n  const all = sum(items);\n  return all / items.length;\n}\n';

function told() {
  const pushes = createPushes();
  const check = (_path: string, line: string) =>
    line.includes('all / items')
      ? { evidence: 'argued' as const, source: 'a/model', title: 'NaN' }
      : undefined;
  pushes.push('1', { 'mean.js': MEAN }, { check });
  const [entry] = pushes.ledger.entries;
  const [finding] = findingsOf({ 'mean.js': MEAN }, check);
  if (entry === undefined || finding === undefined) throw new Error('nothing was told');
  return { pushes, entry, findings: new Map([[entry.id, { ...finding, id: entry.id }]]) };
}

describe('findEarlier', () => {
  it.each<[string, string, string, number]>([
    ['nothing changed', MEAN, 'kept', 3],
    ['lines came above its function', `// One.\n// Two.\n${MEAN}`, 'kept', 5],
    ['a guard came into its function', MEAN.replace('\n', '\n  if (!items.length) return 0;\n'), 'around', 4],
    ['its own line changed', MEAN.replace('all / items.length', 'all / count(items)'), 'gone', 3],
  ])('says what became of its code when %s', (_, text, code, line) => {
    const { pushes, findings } = told();
    const [earlier] = findEarlier(earlierEntries(pushes.ledger), findings, new Map([['mean.js', text]]));
    expect(earlier).toMatchObject({ code, finding: { location: { startLine: line, endLine: line } } });
  });

  it('leaves out what is dismissed, what no report has, and what is in no file any more', () => {
    const { pushes, entry, findings } = told();
    const files = new Map([['mean.js', MEAN]]);
    const entries = earlierEntries(pushes.ledger);
    expect(findEarlier(entries, new Map(), files)).toEqual([]);
    expect(findEarlier(entries, findings, new Map())).toEqual([]);
    const dismissed = dismiss(pushes.ledger, entry.id, { how: 'command', by: 'mona' });
    expect(earlierEntries(dismissed)).toEqual([]);
  });
});
