import type { SourceRule } from '../change-rule.ts';
import { isWorkflow, readWorkflow } from '../workflow.ts';

/** What anyone can write without any right to the repository: https://securitylab.github.com/resources/github-actions-untrusted-input/ */
const UNTRUSTED =
  /\$\{\{[^}]*\bgithub\.(?:head_ref|event\.(?:issue|pull_request|discussion)\.(?:title|body)|event\.(?:comment|review|review_comment)\.body|event\.pull_request\.head\.(?:ref|label|repo\.default_branch)|event\.(?:head_commit|commits\S*?)\.(?:message|author\.(?:email|name))|event\.pages\S*?\.page_name|event\.workflow_run\.(?:head_branch|head_commit\.(?:message|author\.(?:email|name))|display_title))\b[^}]*\}\}/;

export const workflowInjection: SourceRule = {
  kind: 'source',
  rule: 'firsthand/workflow-injection',
  category: 'security',
  text: {
    title: 'Text that anyone can write becomes part of a script',
    body: '{subject} is put into the script before the shell reads it, so a title or a branch name with `$( )` or a quote in it runs commands with this workflow’s token. Pass it in `env:` and use the variable, in double quotes.',
    severity: 'high',
    confidence: 0.95,
    topic: 'workflow-injection',
  },
  bad: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          echo one\n          echo "${{ github.event.issue.title }}"\n',
      },
      at: ['.github/workflows/a.yml:8'],
    },
    {
      head: {
        '.github/workflows/b.yml':
          'on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: console.log("${{ github.head_ref }}")\n',
      },
      at: ['.github/workflows/b.yml:8'],
    },
  ],
  good: [
    {
      head: {
        '.github/workflows/a.yml':
          'on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "$TITLE" ${{ github.event.issue.number }} ${{ github.sha }}\n        env:\n          TITLE: ${{ github.event.issue.title }}\n',
      },
    },
  ],
  reads: isWorkflow,
  check: (source) =>
    (readWorkflow(source)?.steps ?? [])
      .flatMap(({ uses, run, given }) => [
        run,
        uses?.text.startsWith('actions/github-script@') === true ? given.get('script') : undefined,
      ])
      .flatMap((script) => {
        if (script === undefined) return [];
        const lines = source.lines.slice(script.startLine - 1, script.endLine);
        return lines.flatMap((line, index) => {
          const match = UNTRUSTED.exec(line)?.[0];
          return match === undefined ? [] : [{ startLine: script.startLine + index, subject: match }];
        });
      }),
};
