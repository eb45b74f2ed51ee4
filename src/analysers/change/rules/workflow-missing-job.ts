import type { Hit, SourceRule } from '../change-rule.ts';
import {
  isWorkflowFile,
  readWorkflowDocument,
  textsOf,
  type WorkflowDocument,
} from '../workflow-document.ts';

export const workflowMissingJob: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-missing-job',
  category: 'logic',
  text: {
    title: 'A job waits for one that cannot come first',
    body: '{subject}. GitHub refuses the whole file, and none of its jobs runs.',
    severity: 'high',
    confidence: 0.95,
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  build:\n    runs-on: x\n    steps: []\n  deploy:\n    needs: [build, tests]\n    runs-on: x\n    steps: []\n',
      },
      at: ['.github/workflows/a.yml:7'],
    },
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    needs: b\n    runs-on: x\n    steps: []\n  b:\n    needs: a\n    runs-on: x\n    steps: []\n',
      },
      at: ['.github/workflows/a.yml:4', '.github/workflows/a.yml:8'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  build:\n    runs-on: x\n    steps: []\n  deploy:\n    needs: build\n    runs-on: x\n    steps: []\n',
      },
    },
  ],
  reads: isWorkflowFile,
  check: (source) => {
    const workflow = readWorkflowDocument(source);
    return workflow === undefined ? [] : wrongNeeds(workflow);
  },
};

function wrongNeeds({ jobs, lineOf }: WorkflowDocument): readonly Hit[] {
  const needs = new Map(
    jobs.map(({ id, entries }) => [id, textsOf(entries.find(({ key }) => key === 'needs')?.value)] as const),
  );
  const waitsFor = (from: string, goal: string, seen = new Set<string>()): boolean =>
    (needs.get(from) ?? []).some(({ text }) => {
      if (text === goal) return true;
      if (seen.has(text)) return false;
      seen.add(text);
      return waitsFor(text, goal, seen);
    });
  return [...needs].flatMap(([id, needed]) =>
    needed.flatMap(({ text, node }): readonly Hit[] => {
      const startLine = lineOf(node);
      if (!needs.has(text))
        return [{ startLine, subject: `\`${id}\` needs \`${text}\`, which is no job of this file` }];
      return text === id || waitsFor(text, id)
        ? [{ startLine, subject: `\`${id}\` needs \`${text}\`, which in turn waits for \`${id}\`` }]
        : [];
    }),
  );
}
