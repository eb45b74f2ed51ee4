import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/demo/conversation.ts';
import { renderTerminal } from '../../src/demo/render-terminal.ts';

const bot = { login: 'firsthand[bot]', isBot: true };

function conversation(body: string, title = 'Summer sale'): Conversation {
  return {
    repository: 'larkmoor/shop',
    number: 1,
    title,
    body: '',
    author: { login: 'mara', isBot: false },
    state: 'open',
    baseRef: 'main',
    headRef: 'sale',
    createdAt: '',
    commits: [],
    posts: [
      { kind: 'comment', author: bot, body, createdAt: '', isEdited: false, reactions: [] },
      {
        kind: 'comment',
        author: { login: 'mara', isBot: false },
        body: 'not ours',
        createdAt: '',
        isEdited: false,
        reactions: [],
      },
      {
        kind: 'review',
        author: bot,
        body: '',
        createdAt: '',
        comments: [
          {
            author: bot,
            path: 'src/a.ts',
            lines: { side: 'RIGHT', start: 3, end: 4 },
            diffHunk: '',
            body: '**A promise is not \\*awaited\\***\n\nMore words.',
          },
        ],
      },
    ],
    checks: [
      {
        name: 'Firsthand: review',
        status: 'completed',
        conclusion: 'neutral',
        title: '1 high',
        summary: '',
        text: '',
        annotations: [],
        actions: [],
      },
    ],
  };
}

const BODY = `### Firsthand: 2 findings

<details open><summary><b>high</b> · visual · /cart looks &lt;different&gt;</summary>

Long text.

</details>
<details><summary>How this was done (3)</summary></details>

<!-- firsthand:summary v1 {"head":"### not shown"} -->`;

describe('renderTerminal', () => {
  it('says what was posted in a line or two each', () => {
    expect(renderTerminal(conversation(BODY))).toBe(`
#1 Summer sale (larkmoor/shop)

Summary comment
  Firsthand: 2 findings
  • high · visual · /cart looks <different>

Review comments
  • src/a.ts:4
    A promise is not *awaited*

Checks
  ■ Firsthand: review: 1 high
`);
  });

  it('lets no text steer the terminal', () => {
    const shown = renderTerminal(
      conversation('### \u001b]0;owned\u0007x&#27;[31m\r\u202e', '\u001b[2J\u0007t'),
    );
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('breaks long lines between words', () => {
    const lines = renderTerminal(conversation(`### ${'word '.repeat(60)}`)).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('lists what has a number as well', () => {
    const body =
      '<details><summary><b>1</b> · <b>high</b> · visual · A price can hardly be read</summary></details>';
    expect(renderTerminal(conversation(body))).toContain('1 · high · visual · A price can hardly be read');
  });
});
