import type { Hit, SourceRule } from '../change-rule.ts';
import { isWorkflowFile, readWorkflowDocument } from '../workflow-document.ts';
import { expressionFault } from '../workflow-expression.ts';

const MAX_LINE = 4000;

export const workflowExpression: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-expression',
  category: 'logic',
  text: {
    title: 'GitHub cannot read this expression',
    body: '{subject}. GitHub refuses the whole file, and none of its jobs runs.',
    severity: 'high',
    confidence: 0.9,
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make\n        env:\n          A: ${{ github.ref == \"main\" }}\n          B: ${{ secret.TOKEN }}\n          C: ${{ contains(github.ref, 'a' }}\n          D: ${{ startWith(github.ref, 'a') }}\n",
      },
      at: [
        '.github/workflows/a.yml:8',
        '.github/workflows/a.yml:9',
        '.github/workflows/a.yml:10',
        '.github/workflows/a.yml:11',
      ],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          "on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: make ${{ format('{0} it''s', github.event.inputs['a-b']) }}\n        if: ${{ !cancelled() && needs.*.result != 'failure' && fromJSON(env.X)[0] > 1.5 }}\n      # - run: ${{ \"in a comment\" }}\n",
      },
    },
  ],
  reads: isWorkflowFile,
  check: (source) => {
    if (readWorkflowDocument(source) === undefined) return [];
    return source.text.split('\n').flatMap((line, index): readonly Hit[] => {
      if (/^\s*#/.test(line) || line.length > MAX_LINE) return [];
      return [...line.matchAll(/\$\{\{(.*?)\}\}/g)].flatMap(([whole, inside = '']) => {
        const fault = expressionFault(inside);
        return fault === undefined ? [] : [{ startLine: index + 1, subject: `In \`${whole}\`, ${fault}` }];
      });
    });
  },
};
