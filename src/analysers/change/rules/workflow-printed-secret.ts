import type { SourceRule } from '../change-rule.ts';
import { isWorkflow, readWorkflow } from '../workflow.ts';

const PRINTED =
  /^\s*(?:-?\s*run:\s*)?(?:echo|printf|cat\s*<<<)\s[^|>]*(\$\{\{\s*secrets\.[\w-]+\s*\}\})[^|>]*$/;

export const workflowPrintedSecret: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-printed-secret',
  category: 'security',
  text: {
    title: 'A secret is printed to the log',
    body: '{subject} is written to the log, which everyone who can read the repository can read. GitHub hides only the exact value: encoded, cut or part of a longer text it is shown. Hand it to the program that needs it in `env:`.',
    severity: 'high',
    confidence: 0.9,
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ secrets.TOKEN }}"\n',
      },
      at: ['.github/workflows/a.yml:6'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ secrets.TOKEN }}" | docker login --password-stdin\n      - run: echo "token=${{ secrets.TOKEN }}" > .npmrc\n',
      },
    },
  ],
  reads: isWorkflow,
  check: (source) =>
    (readWorkflow(source)?.steps ?? []).flatMap(({ run }) => {
      if (run === undefined) return [];
      return source.lines.slice(run.startLine - 1, run.endLine).flatMap((line, index) => {
        const secret = PRINTED.exec(line)?.[1];
        return secret === undefined ? [] : [{ startLine: run.startLine + index, subject: secret }];
      });
    }),
};
