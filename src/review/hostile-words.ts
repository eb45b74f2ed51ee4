import type { Intent } from '../agent/task.ts';
import type { FileDiff } from '../domain/diff.ts';
import type { Finding } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { instructs } from './hostile-text.ts';
import { codeSpan } from './inert.ts';
import { describeRule } from './rules/describe-rule.ts';

const RULE = 'firsthand/reviewer-instruction';
const MAX_TEXT = 100_000;

/** Finds attempts to instruct a reviewer where no line of code stands: title, description, names of files. */
export function findHostileWords(intent: Intent | undefined, diff: readonly FileDiff[]): readonly Finding[] {
  const texts = [
    { where: 'the title', text: intent?.title ?? '' },
    { where: 'the description', text: (intent?.description ?? '').slice(0, MAX_TEXT) },
    // Words in a name are joined by what is no space.
    ...diff.map(({ path }) => ({ where: 'the name of a file', text: path.replace(/[-_./]+/g, ' ') })),
  ];
  const seen = new Set<string>();
  return texts.flatMap(({ where, text }): Finding[] => {
    const line = text.split('\n').find(instructs);
    if (line === undefined || seen.has(where)) return [];
    seen.add(where);
    const { severity, confidence, body } = describeRule(RULE, 'security');
    return [
      {
        id: fingerprint(RULE, where),
        category: 'security',
        severity,
        evidence: 'checked',
        confidence,
        title: `Words to a reviewing program stand in ${where}`,
        body: `${body}\n\nIt says: ${codeSpan(line, 200)}`,
        source: RULE,
      },
    ];
  });
}
