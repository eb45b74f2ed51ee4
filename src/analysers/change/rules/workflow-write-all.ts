import type { SourceRule } from '../change-rule.ts';
import { isWorkflow, readWorkflow } from '../workflow.ts';

export const workflowWriteAll: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-write-all',
  category: 'security',
  text: {
    title: 'A workflow may write everything',
    body: '{subject} lets every step, also those of other people’s actions, push code, publish packages and change releases. Name the rights that the job needs, one by one.',
    severity: 'medium',
    confidence: 0.95,
  },
  bad: [
    {
      head: { '.github/workflows/a.yml': 'on: push\npermissions: write-all\njobs: {}\n' },
      at: ['.github/workflows/a.yml:2'],
    },
  ],
  good: [{ head: { '.github/workflows/a.yml': 'on: push\npermissions: read-all\njobs: {}\n' } }],
  reads: isWorkflow,
  check: (source) =>
    (readWorkflow(source)?.permissions ?? [])
      .filter(({ text }) => text === 'write-all')
      .map(({ startLine }) => ({ startLine, subject: 'permissions: write-all' })),
};
