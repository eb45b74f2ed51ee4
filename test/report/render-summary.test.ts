import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { MAX_SEALED_LENGTH } from '../../src/life/seal-ledger.ts';
import { MAX_BODY } from '../../src/report/fit.ts';
import { readSummaryMarker } from '../../src/report/marker.ts';
import { renderPreviewCheck } from '../../src/report/render-check-run.ts';
import { renderSummary } from '../../src/report/render-summary.ts';
import type { SummaryState } from '../../src/report/summary-state.ts';
import {
  BASE,
  entryOf,
  HEAD,
  manyFindings,
  previewFinding,
  reviewer,
  reviewFinding,
  reviewReport,
  verifyReport,
} from '../support/reports.ts';

const OWN_TAGS = 'h3 h4 table thead tbody tr th td p strong details summary b ul li a sub br'.split(' ');
const marker = { head: HEAD };

function state(changes: Partial<SummaryState> = {}): SummaryState {
  return {
    headSha: HEAD,
    runId: 'run-1',
    repositoryUrl: 'https://github.com/octo/shop',
    review: { kind: 'done', report: reviewReport() },
    preview: { kind: 'done', report: verifyReport() },
    inline: new Set(),
    notes: [],
    ...changes,
  };
}

const render = (changes: Partial<SummaryState> = {}): string => renderSummary(state(changes), marker);
const headline = (changes: Partial<SummaryState>): string => render(changes).split('\n')[0] ?? '';

describe('renderSummary', () => {
  it('says what was looked at when nothing was found', () => {
    expect(render().split('\n\n').slice(0, 2).join('\n\n')).toMatchInlineSnapshot(`
      "### Nothing found: 41 of 41 hunks read, 2 flows driven, 3 pages compared

      | | Status | Found |
      | --- | --- | --- |
      | Security | 41 of 41 hunks read | none |
      | Style | 41 of 41 hunks read | none |
      | Logic | 41 of 41 hunks read | none |
      | Preview | 2 flows driven, 3 pages compared | none |"
    `);
  });

  it('counts by severity, each id once', () => {
    const findings = [
      reviewFinding(),
      reviewFinding(),
      reviewFinding({ id: '0123456789ac', severity: 'high' }),
    ];
    expect(headline({ review: { kind: 'done', report: reviewReport({ findings }) } })).toBe(
      '### 1 high, 1 medium',
    );
  });

  it('never reads as clean when a reviewer failed, a file was left out or there was no preview', () => {
    const failed = reviewReport({
      reviewers: [
        reviewer(),
        reviewer({ category: 'security', status: 'failed', reason: 'timeout', hunksRead: 0 }),
      ],
    });
    expect(headline({ review: { kind: 'done', report: failed } })).toBe(
      '### Nothing found: 41 of 41 hunks read, 2 flows driven, 3 pages compared. The security reviewer failed',
    );
    expect(render({ review: { kind: 'done', report: failed } })).toContain(
      '| Security | **failed**: timeout | not known |',
    );
    const all = reviewReport({ reviewers: [reviewer({ status: 'failed', hunksRead: 0 })] });
    const waiting = { kind: 'waiting', why: 'waiting for a deployment' } as const;
    expect(headline({ review: { kind: 'done', report: all }, preview: waiting })).toBe(
      '### Diff not reviewed',
    );
    const none = verifyReport({
      outcome: { kind: 'no-preview', why: 'no deployment' },
      head: '',
      flows: [],
      coverage: { states: 0, transitions: 0, actions: 0, pages: [], notReached: [] },
    });
    const text = render({ preview: { kind: 'done', report: none } });
    expect(text).toMatch(/^### Nothing found: 41 of 41 hunks read\. Preview not verified\n/);
    expect(text).toContain('| Preview | not verified: no deployment | not known |');
  });

  it('says that a reviewer had nothing to read instead of counting none', () => {
    const idle = reviewer({ hunksRead: 0, hunksTotal: 0 });
    const text = render({ review: { kind: 'done', report: reviewReport({ reviewers: [idle] }) } });
    expect(text).toMatch(
      /^### Nothing found: 2 flows driven, 3 pages compared\. Nothing to read: the diff adds no line to a file/,
    );
    expect(text).toContain('| Logic | nothing to read | not known |');
    expect(text).not.toContain('0 of 0');
  });

  it('says first that the login was refused, and names no file that nobody can open', () => {
    const why = 'the form says “Wrong password” (picture: login-head.png)';
    const refused = { outcome: { kind: 'login-refused', why }, login: { kind: 'refused', why } } as const;
    const text = render({ preview: { kind: 'done', report: verifyReport(refused) } });
    expect(text).toMatch(/^### Login refused, so the preview was not verified whole\. Nothing found: /);
    expect(text).toContain('Wrong password');
    expect(text).not.toContain('login-head.png');
    const check = renderPreviewCheck(verifyReport(refused), { headSha: HEAD, witnesses: new Map() });
    expect(JSON.stringify(check)).not.toContain('login-head.png');
  });

  it('groups thousands in every count', () => {
    const report = reviewReport({ findings: manyFindings(1000) });
    expect(headline({ review: { kind: 'done', report } })).toBe('### 1,000 medium');
  });

  it('shows a preview finding with steps, both results, pictures and the block for agents', () => {
    const preview = { kind: 'done', report: verifyReport({ findings: [previewFinding()] }) } as const;
    const text = render({ preview });
    const finding = text.slice(text.indexOf('<details open>'), text.indexOf('<details><summary>How'));
    expect(
      finding.replaceAll(/<a href="[^"]*"><img src="([^"]*)" width="280" alt="[^"]*"><\/a>/g, '$1'),
    ).toMatchInlineSnapshot(`
      "<details open><summary><b>critical</b> · state · The total is negative after an item is removed</summary>

      The coupon keeps its old amount when the cart gets smaller.

      **Steps:** Open /cart → click “Apply” → click button “Remove” (number 1)

      **Expected:** Total \\$10.00

      **Actual:** Total -\\$5.00

      | Expected (base) | Actual (this pull request) | Difference |
      | --- | --- | --- |
      | https://pics.example/c0ffee-expected.png | https://pics.example/c0ffee-actual.png | https://pics.example/c0ffee-diff.png |

      <a href="https://pr-42.example.dev/cart">https:​//pr-42.example.dev/cart</a> · desktop · reproduced, not so on the base · \`firsthand/lockstep\` · \`c0ffee000001\`

      <details><summary>For agents</summary>

      \`\`\`json
      {
        "id": "c0ffee000001",
        "commit": "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678",
        "category": "state",
        "severity": "critical",
        "evidence": "reproduced",
        "source": "firsthand/lockstep",
        "title": "The total is negative after an item is removed",
        "url": "https://pr-42.example.dev/cart",
        "viewport": "desktop",
        "steps": [{"goto":"/cart"},{"click":"Apply"},{"click":{"role":"button","name":"Remove","nth":0}}],
        "expected": "Total $10.00",
        "actual": "Total -$5.00",
        "done": "the steps give the expected result on the head"
      }
      \`\`\`

      </details>

      </details>

      "
    `);
  });

  it('says that pictures could not be stored', () => {
    const finding = previewFinding({ screenshots: { actual: 'c0ffee/actual.png' } });
    const text = render({ preview: { kind: 'done', report: verifyReport({ findings: [finding] }) } });
    expect(text).toContain('The pictures could not be stored');
    expect(text).not.toContain('<img');
  });

  it('does not miss the plain picture of which the annotated one was stored', () => {
    const address = (name: string): string => `https://github.com/o/r/raw/${'a'.repeat(40)}/${name}.png`;
    const screenshots = {
      expected: address('expected'),
      actual: 'c0ffee-actual.png',
      annotated: address('annotated'),
      diff: address('diff'),
    };
    const finding = previewFinding({ screenshots });
    const text = render({ preview: { kind: 'done', report: verifyReport({ findings: [finding] }) } });
    expect(text).toContain('annotated.png');
    expect(text).not.toContain('could not be stored');
  });

  it('names three properties of a visual change beside its pictures, and counts the rest', () => {
    const finding = previewFinding({
      category: 'visual',
      expected: 'color: #000; padding: 0px; margin: 1px; display: block',
      actual: 'color: #fff; padding: 2px; margin: 3px; display: flex',
    });
    const text = render({ preview: { kind: 'done', report: verifyReport({ findings: [finding] }) } });
    expect(text).toMatch(/\*\*Expected:\*\* color: .{1,20}000; padding: 0px; margin: 1px and 1 more$/m);
    expect(text).toContain('display: flex');
  });

  it('keeps what the base has too apart and out of the counts', () => {
    const report = verifyReport({ preExisting: [previewFinding({ title: 'Old trouble' })] });
    const text = render({ preview: { kind: 'done', report } });
    expect(text).toMatch(/^### Nothing found/);
    expect(text).toContain('On the base too, so not caused by this pull request (1)');
    expect(text).toContain('Old trouble');
  });

  it('counts what is open, fixed and dismissed, and names it', () => {
    const seen = reviewFinding();
    const text = render({
      review: { kind: 'done', report: reviewReport({ findings: [seen] }) },
      life: {
        since: BASE,
        entries: [
          entryOf(seen, { firstSeen: HEAD }),
          entryOf(reviewFinding({ id: '0123456789ac', title: 'Unread @octocat' }), { state: 'regressed' }),
          entryOf(reviewFinding({ id: '0123456789ad', title: 'Gone' }), { state: 'fixed', fixedIn: HEAD }),
          entryOf(reviewFinding({ id: '0123456789ae', title: 'Meant' }), {
            state: 'dismissed',
            dismissal: { how: 'command', by: 'mona', why: 'as agreed </details>' },
          }),
          entryOf(reviewFinding({ id: '0123456789af', title: '' }), { state: 'outdated' }),
        ],
      },
    });
    expect(text).toContain(
      '**Findings:** 2 open (1 back again) · 1 fixed (in `a1b2c3d`) · 1 dismissed · 1 outdated',
    );
    expect(text).toMatch(/^### 1 earlier finding still open; 1 medium\n/);
    expect(text).toContain('Since `b0b1b2b`: 1 new, 1 still open, 1 fixed.');
    expect(text).toContain('Still open, not found again in this run (1)');
    expect(text).toContain('- `0123456789ac` Unread @\u200boctocat (logic), medium, last seen on `b0b1b2b`');
    expect(text).toContain('- `0123456789ad` Gone (logic), fixed in `a1b2c3d`');
    expect(text).toMatch(/- `0123456789ae` Meant \(logic\), by `mona`: as agreed (?!<\/details>)/);
    expect(text).toContain('- `0123456789af` a finding (logic)');
  });

  it('shows a run under way, a cancelled one and a failed one as what they are', () => {
    const running = { kind: 'running', runId: 'r', doing: 'reading 3 changed files' } as const;
    expect(headline({ review: running, preview: { kind: 'cancelled', by: 'mona' } })).toBe(
      '### Reading the diff …. Preview verification cancelled',
    );
    const text = render({ review: { kind: 'failed', message: 'key `x` is wrong in @octo' } });
    expect(text).toContain('| Logic | **failed**: key \\`x\\` is wrong in @\u200bocto |');
  });

  it('fits a thousand findings of each kind, with every fold closed and the marker at the end', () => {
    const previews = manyFindings(1000).map((finding) =>
      previewFinding({ id: finding.id, title: finding.title }),
    );
    const text = renderSummary(
      state({
        review: { kind: 'done', report: reviewReport({ findings: manyFindings(1000) }) },
        preview: { kind: 'done', report: verifyReport({ findings: previews, preExisting: previews }) },
        life: { entries: manyFindings(1000).map((finding) => entryOf(finding, { state: 'fixed' })) },
      }),
      { ...marker, ledger: 'a'.repeat(MAX_SEALED_LENGTH) },
    );
    expect(text.length).toBeLessThan(MAX_BODY);
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.match(/^```/gm)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0);
    expect(text).toMatch(/… and \d+ more findings: see the check run “Firsthand: preview”/);
    expect(readSummaryMarker(text)?.ledger).toHaveLength(MAX_SEALED_LENGTH);
  });

  it('is not fooled by hostile titles, paths, flows, reasons and page texts', () => {
    const hostile =
      '</details></summary><img src=x> @octocat #1 [x](https://evil.example) | `a\n/approve\n<!-- firsthand:summary v1 {} -->';
    const finding: Finding = previewFinding({
      title: hostile,
      body: hostile,
      expected: hostile,
      actual: hostile,
      url: `javascript:${hostile}`,
      viewport: hostile,
      source: hostile,
      witness: hostile,
      steps: [{ click: hostile }],
      screenshots: { actual: hostile },
    });
    const text = render({
      review: {
        kind: 'done',
        report: reviewReport({
          findings: [
            reviewFinding({
              title: hostile,
              location: { path: hostile, side: 'RIGHT', startLine: 1, endLine: 1 },
            }),
          ],
          notAnalysed: [{ path: hostile, reason: hostile }],
          reviewers: [reviewer({ status: 'failed', reason: hostile, engine: hostile })],
        }),
      },
      preview: {
        kind: 'done',
        report: verifyReport({
          findings: [finding],
          outcome: { kind: 'partly-verified', why: hostile },
          flows: [{ name: hostile, viewport: hostile, status: 'could-not-run', why: hostile, steps: [] }],
          login: { kind: 'refused', why: hostile },
          noise: [{ what: hostile, where: hostile, how: hostile }],
        }),
      },
    });
    expect(text.match(/<!--/g)).toHaveLength(1);
    expect(text).not.toMatch(/^\s*\/approve/m);
    expect(readSummaryMarker(text)).toEqual(marker);
    const html = marked.parse(text, { async: false });
    const shown = html.replace(/<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g, '');
    expect(shown).not.toMatch(/@octocat|<img|evil\.example">/);
    const addresses = [...shown.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(addresses).toEqual([
      expect.stringMatching(/^https:\/\/github\.com\/octo\/shop\/blob\//),
      'https://pr-42.example.dev/',
      'https://staging.example.dev/',
    ]);
    const tags = new Set([...shown.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag));
    expect([...tags].filter((tag) => !OWN_TAGS.includes(tag ?? ''))).toEqual([]);
  });
});
