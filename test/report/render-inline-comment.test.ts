import { describe, expect, it } from 'vitest';
import { renderInlineComment } from '../../src/report/render-inline-comment.ts';
import { BASE, HEAD, reviewFinding } from '../support/reports.ts';

describe('renderInlineComment', () => {
  it('says title, label, body and suggestion, and ends with the finding’s marker', () => {
    const finding = reviewFinding({ suggestion: 'const a = 1;\n' });
    const [visible, rest] = renderInlineComment(finding, HEAD).split('<details><summary>For agents');
    expect(visible).toMatchInlineSnapshot(`
      "**The key “a” stands twice in this object**
      <sub>medium · logic · checked · \`oxlint/no-dupe-keys\` · \`0123456789ab\`</sub>

      The second \`a\` wins, the first one is never read.

      \`\`\`suggestion
      const a = 1;
      \`\`\`

      "
    `);
    expect(rest).toMatch(/\n<!-- firsthand:finding 0123456789ab -->$/);
  });

  it('says of a finding that is back when it was fixed', () => {
    const fixedBefore = new Map([['0123456789ab', BASE]]);
    const text = renderInlineComment(reviewFinding(), HEAD, { fixedBefore });
    expect(text).toMatch(/^\*\*Back again:\*\* this was fixed in `b0b1b2b`\.\n\n\*\*The key/);
  });

  it('fences a suggestion that holds a fence', () => {
    const text = renderInlineComment(reviewFinding({ suggestion: '```js\ncode\n```' }), HEAD);
    expect(text).toContain('````suggestion\n```js\ncode\n```\n````');
  });

  it('offers no suggestion that it would have to change, and none on the left side', () => {
    const place = { path: 'a.ts', side: 'LEFT', startLine: 1, endLine: 1 } as const;
    for (const finding of [
      reviewFinding({ suggestion: 'a\u202eb' }),
      reviewFinding({ suggestion: '/approve' }),
      reviewFinding({ suggestion: '<!-- firsthand:finding 0123456789ab -->' }),
      reviewFinding({ suggestion: 'x'.repeat(6000) }),
      reviewFinding({ suggestion: 'fine', location: place }),
    ]) {
      expect(renderInlineComment(finding, HEAD)).not.toContain('suggestion');
    }
  });
});
