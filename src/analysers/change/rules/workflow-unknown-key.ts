import type { Hit, SourceRule } from '../change-rule.ts';
import { type Entry, isWorkflowFile, readWorkflowDocument } from '../workflow-document.ts';

const WORKFLOW = new Set('name run-name on true permissions env defaults concurrency jobs'.split(' '));
const JOB = new Set(
  [
    'name permissions needs if runs-on environment concurrency outputs env defaults steps timeout-minutes strategy',
    'continue-on-error container services uses with secrets snapshot',
  ].flatMap((line) => line.split(' ')),
);
const STEP = new Set(
  'id if name uses run working-directory shell with env continue-on-error timeout-minutes'.split(' '),
);

export const workflowUnknownKey: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-unknown-key',
  category: 'logic',
  text: {
    title: 'GitHub does not know this key',
    body: '{subject} is no key that a workflow can have in this place. GitHub refuses the whole file, and none of its jobs runs. Check the spelling and the indentation.',
    severity: 'high',
    confidence: 0.9,
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml': 'on: push\njobs:\n  a:\n    runs_on: ubuntu-latest\n    steps: []\n',
      },
      at: ['.github/workflows/a.yml:4'],
    },
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        timeout: 5\n',
      },
      at: ['.github/workflows/a.yml:7'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'name: a\non: push\nenv: { A: 1 }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - id: x\n        uses: actions/checkout@v4\n        with: { any: thing }\n',
      },
    },
  ],
  reads: isWorkflowFile,
  check: (source) => {
    const workflow = readWorkflowDocument(source);
    if (workflow === undefined) return [];
    return [
      ...unknown(workflow.entries, WORKFLOW, 'of a workflow'),
      ...workflow.jobs.flatMap(({ entries, steps }) => [
        ...unknown(entries, JOB, 'of a job'),
        ...steps.flatMap((step) => unknown(step, STEP, 'of a step')),
      ]),
    ];
  },
};

function unknown(entries: readonly Entry[], known: ReadonlySet<string>, place: string): readonly Hit[] {
  return entries
    .filter(({ key }) => !known.has(key))
    .map(({ key, line }) => ({ startLine: line, subject: `\`${key}\` ${place}` }));
}
