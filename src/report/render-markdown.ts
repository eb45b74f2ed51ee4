import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { escapeText } from './escape.ts';
import { previewHeadline, reviewHeadline } from './headline.ts';
import { renderGaps, renderHow } from './render-details.ts';
import { renderListedFinding, renderPreviewFinding } from './render-finding.ts';
import { uniqueFindings } from './select-findings.ts';

/** Renders a report as one Markdown document, for a file or a comment of one's own. */
export function renderMarkdown(report: ReviewReport | VerifyReport): string {
  const context = { headSha: report.head };
  const review = report.kind === 'review' ? report : undefined;
  const verify = report.kind === 'verify' ? report : undefined;
  const headline = report.kind === 'review' ? reviewHeadline(report) : previewHeadline(report);
  const findings = uniqueFindings(report.findings).map((finding) =>
    report.kind === 'review' ? renderListedFinding(finding, context) : renderPreviewFinding(finding, context),
  );
  const sections = [
    `## Firsthand: ${escapeText(headline)}`,
    ...findings,
    titled('Not looked at', renderGaps(review, verify)),
    titled('How this was done', renderHow(review, verify)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function titled(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`;
}
