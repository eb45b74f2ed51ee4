import type { SourceRule } from '../change-rule.ts';
import { isWorkflow, readWorkflow } from '../workflow.ts';

const HEAD =
  /github\.head_ref|github\.event\.(?:pull_request|workflow_run)\.head|refs\/pull\/|head_sha|head\.sha/;

export const workflowHeadCheckout: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-head-checkout',
  category: 'security',
  text: {
    title: 'A stranger’s code is checked out where the secrets are',
    body: '`pull_request_target` and `workflow_run` run with the base repository’s token and secrets, also for forks; {subject} is code of whoever opened the pull request. Whatever builds, tests or installs it hands them over. Use `pull_request`, or keep to the base.',
    severity: 'critical',
    confidence: 0.9,
    topic: 'workflow-head-checkout',
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          'on:\n  pull_request_target:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: npm ci\n',
      },
      at: ['.github/workflows/a.yml:9'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'on:\n  pull_request_target:\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci\n',
      },
    },
    {
      head: {
        '.github/workflows/a.yml':
          'on: [pull_request]\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n',
      },
    },
  ],
  reads: isWorkflow,
  check: (source) => {
    const workflow = readWorkflow(source);
    if (workflow?.events.some((event) => /^(?:pull_request_target|workflow_run)$/.test(event)) !== true)
      return [];
    return workflow.steps.flatMap(({ uses, given }) => {
      const ref = given.get('ref');
      if (uses?.text.startsWith('actions/checkout@') !== true || ref === undefined) return [];
      return HEAD.test(ref.text) ? [{ startLine: ref.startLine, subject: ref.text }] : [];
    });
  },
};
