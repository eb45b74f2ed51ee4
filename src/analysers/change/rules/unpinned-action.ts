import type { SourceRule } from '../change-rule.ts';
import { isWorkflow, readWorkflow } from '../workflow.ts';

const COMMIT = /@[0-9a-f]{40}$/;
/** GitHub's own, which can change the runner itself anyway. */
const OWN = /^(?:actions|github)\/|^\.|^docker:/;

export const unpinnedAction: SourceRule = {
  kind: 'source',
  rule: 'firsthand/unpinned-action',
  category: 'security',
  text: {
    title: 'An action of someone else’s can change without a commit here',
    body: '{subject} names a branch, or a tag where the rest of this file names commits: whoever can move it runs code with this workflow’s token and secrets. Name the commit (40 digits), with the version in a comment.',
    severity: 'medium',
    confidence: 0.85,
    topic: 'unpinned-action',
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: someone/deploy@main\n',
      },
      at: ['.github/workflows/a.yml:6'],
    },
    {
      head: {
        '.github/workflows/a.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: someone/build@${'a1'.repeat(20)}\n      - uses: someone/deploy@v2\n`,
      },
      at: ['.github/workflows/a.yml:7'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: someone/deploy@v2\n      - uses: ./.github/actions/own\n',
      },
    },
  ],
  reads: isWorkflow,
  check: (source) => {
    const used = (readWorkflow(source)?.steps ?? []).flatMap(({ uses }) => uses ?? []);
    const pinsOthers = used.some(({ text }) => COMMIT.test(text) && !OWN.test(text));
    return used
      .filter(({ text }) => !OWN.test(text) && text.includes('@') && !COMMIT.test(text))
      .filter(({ text }) => pinsOthers || /@(?:main|master|develop|dev|latest|HEAD|trunk)$/.test(text))
      .map(({ text, startLine }) => ({ startLine, subject: text }));
  },
};
