import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/demo/conversation.ts';
import { html } from '../../src/demo/html.ts';
import { inlinePictures } from '../../src/demo/inline-pictures.ts';
import { type PageFrame, renderPage } from '../../src/demo/render-page.ts';

const HOSTILE = '</article></script><script>alert(1)</script><img src=x onerror=alert(1)>"\'';
const SERVER = 'http://127.0.0.1:4567';

const frame: PageFrame = {
  addresses: { pictureOf: () => undefined, isLinked: () => true },
  note: html`Made by the demo.`,
};

function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    repository: 'larkmoor/shop',
    number: 1,
    title: 'Summer sale',
    body: 'All tests pass.',
    author: { login: 'mara-lindqvist', isBot: false },
    state: 'open',
    baseRef: 'main',
    headRef: 'summer-sale',
    createdAt: '2026-06-09T10:00:00Z',
    commits: [{ sha: 'a'.repeat(40), title: 'Tell visitors' }],
    posts: [],
    checks: [],
    ...change,
  };
}

/** A conversation in which every text that people or pull requests choose is hostile. */
function hostile(): Conversation {
  const author = { login: HOSTILE, isBot: false };
  return conversation({
    repository: `o/${HOSTILE}`,
    title: HOSTILE,
    body: HOSTILE,
    author,
    baseRef: HOSTILE,
    headRef: HOSTILE,
    commits: [{ sha: HOSTILE, title: HOSTILE }],
    posts: [
      { kind: 'comment', author, body: HOSTILE, createdAt: HOSTILE, isEdited: true, reactions: [HOSTILE] },
      {
        kind: 'review',
        author,
        body: HOSTILE,
        createdAt: HOSTILE,
        comments: [
          {
            author,
            path: HOSTILE,
            lines: { side: 'RIGHT', start: 1, end: 1 },
            diffHunk: `@@ -1 +1 @@ ${HOSTILE}\n+${HOSTILE}`,
            body: `\`\`\`suggestion\n${HOSTILE}\n\`\`\``,
          },
        ],
      },
    ],
    checks: [
      {
        name: HOSTILE,
        status: 'completed',
        conclusion: HOSTILE,
        title: HOSTILE,
        summary: HOSTILE,
        text: HOSTILE,
        actions: [HOSTILE],
        annotations: [
          { path: HOSTILE, startLine: 1, endLine: 2, level: HOSTILE, title: HOSTILE, message: HOSTILE },
        ],
      },
    ],
  });
}

describe('renderPage', () => {
  it('lets no text of a hostile pull request become markup', () => {
    const page = renderPage(hostile(), frame);
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&quot;)/i);
    expect(page.match(/<article/g)?.length).toBe(page.match(/<\/article>/g)?.length);
    expect(page.match(/&lt;script&gt;alert\(1\)/g)?.length).toBeGreaterThan(15);
  });

  it('makes no request and runs no script, by its own policy', () => {
    const page = renderPage(conversation(), frame);
    const policy = /content-security-policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toContain('default-src &#39;none&#39;; img-src data:');
    expect(policy).toContain('form-action &#39;none&#39;');
    expect(page).not.toMatch(/<link|<script|src="http|@import|url\(/);
  });

  it('shows the commits, the checks with their states, and the comments in order', () => {
    const bot = { login: 'firsthand[bot]', isBot: true };
    const page = renderPage(
      conversation({
        posts: [
          {
            kind: 'comment',
            author: bot,
            body: '### Firsthand: 9 findings',
            createdAt: '2026-06-09T10:00:08Z',
            isEdited: true,
            reactions: [],
          },
        ],
        checks: [check('Firsthand: review', 'neutral'), check('Firsthand: preview', 'success')],
      }),
      frame,
    );
    expect(page).toContain('<h3>Firsthand: 9 findings</h3>');
    expect(page).toContain('commented 8 seconds in · edited');
    expect(page).toMatch(/<b>Firsthand: preview<\/b>\s*<span class="quiet">success — done/);
    expect(page).toContain('All checks have completed');
    expect(page.indexOf('Tell visitors')).toBeLessThan(page.indexOf('9 findings'));
  });

  it('says when a check is still running or none came', () => {
    expect(renderPage(conversation(), frame)).toContain('No checks have been reported');
    const running = { ...check('a', undefined), status: 'in_progress' as const };
    expect(renderPage(conversation({ checks: [running] }), frame)).toContain('have not completed yet');
  });

  it('shows the commented lines of a hunk with three lines above, numbered on their own side', () => {
    const diffHunk = ['@@ -10,5 +10,6 @@', ' a', ' b', ' c', ' d', '-e', '+f', '+g'].join('\n');
    const comment = { author: { login: 'x', isBot: false }, path: 'a.ts', diffHunk, body: 'Look' };
    const page = renderPage(
      conversation({
        posts: [
          {
            kind: 'review',
            author: comment.author,
            body: '',
            createdAt: '',
            comments: [{ ...comment, lines: { side: 'RIGHT', start: 15, end: 15 } }],
          },
        ],
      }),
      frame,
    );
    const texts = [...page.matchAll(/<span class="sign">(.)<\/span>(\w)/g)].map(
      (match) => `${match[1]}${match[2]}`,
    );
    expect(texts).toEqual([' d', '-e', '+f', '+g']);
    expect(page).toContain('line R15');
  });
});

describe('inlinePictures', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

  it('fetches pictures of the server that the comments are on, and no others', async () => {
    const body = `<img src="${SERVER}/a.png?x=1&amp;raw=true"> ![](${SERVER}/b.png) <img src="https://evil.example/c.png"> ${SERVER}.evil.example/d.png`;
    const asked: string[] = [];
    const pictures = await inlinePictures(conversation({ body }), SERVER, (address) => {
      asked.push(address);
      return Promise.resolve(png);
    });
    expect(asked).toEqual([`${SERVER}/a.png?x=1&raw=true`, `${SERVER}/b.png`]);
    expect(pictures.get(`${SERVER}/b.png`)).toBe(
      `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
    );
  });

  it('leaves out what is missing, too large or no picture', async () => {
    const body = `${SERVER}/missing.png ${SERVER}/large.png ${SERVER}/text.png`;
    const answers: Record<string, Uint8Array | undefined> = {
      [`${SERVER}/large.png`]: Buffer.concat([png, Buffer.alloc(5_000_000)]),
      [`${SERVER}/text.png`]: Buffer.from('<svg onload=alert(1)>'),
    };
    const pictures = await inlinePictures(conversation({ body }), SERVER, (address) =>
      Promise.resolve(answers[address]),
    );
    expect(pictures.size).toBe(0);
  });
});

function check(name: string, conclusion: string | undefined): Conversation['checks'][number] {
  return {
    name,
    status: 'completed',
    conclusion,
    title: 'done',
    summary: '',
    text: '',
    annotations: [],
    actions: [],
  };
}
