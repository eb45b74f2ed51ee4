import { describe, expect, it } from 'vitest';
import { renderPreviewCheck } from '../../src/report/render-check-run.ts';
import { renderSearch } from '../../src/report/render-search.ts';
import { renderSummary } from '../../src/report/render-summary.ts';
import { HEAD, reviewReport, verifyReport } from '../support/reports.ts';

const notTaken = {
  what: 'https://evil.example/?](javascript:alert(1))<img src=x>',
  why: 'it stands in a comment by mallory @acme/owners\n\n## Approved | <script>',
};
const outcome = { kind: 'no-preview', why: 'GitHub knows of none' } as const;
const report = verifyReport({ head: '', outcome, search: { rejected: [notTaken] } });
const context = { headSha: HEAD, repositoryUrl: 'https://github.com/octo/shop' };

describe('renderSearch', () => {
  it('shows what was not taken, where there was nothing to try, and makes no link of it', () => {
    const [line, ...more] = renderSearch(report);
    expect(more).toEqual([]);
    expect(line).toMatch(/^- not taken: `https:/);
    expect(line).not.toMatch(/\n|<script|@acme|\[/);
  });

  it('stands folded in the summary and in the check run', () => {
    const summary = renderSummary(
      {
        ...context,
        runId: 'run-1',
        review: { kind: 'done', report: reviewReport() },
        preview: { kind: 'done', report },
        inline: new Set(),
        notes: [],
      },
      { head: HEAD },
    );
    expect(summary).toMatch(
      /<summary>Where a preview was looked for \(1\)<\/summary>\s+- not taken: `https:/,
    );
    const check = renderPreviewCheck(report, { ...context, witnesses: new Map() });
    expect(check.summary).toContain('Where a preview was looked for');
  });

  it('says that there was nothing at all, and what was tried in vain', () => {
    expect(renderSearch(verifyReport({ head: '', outcome, search: { rejected: [] } }))).toEqual([
      expect.stringContaining('GitHub has no deployment'),
    ]);
    const notReady = { kind: 'preview-not-ready', why: 'answers 503' } as const;
    const search = { taken: 'the deployment to “Preview”', rejected: [] };
    expect(renderSearch(verifyReport({ head: 'https://a.dev/', outcome: notReady, search }))).toEqual([
      '- tried: `https://a.dev/` (the deployment to “Preview”)',
    ]);
  });

  it('takes no room where the preview was tried', () => {
    expect(renderSearch(verifyReport({ search: { taken: 'x', rejected: [notTaken] } }))).toEqual([]);
  });
});
