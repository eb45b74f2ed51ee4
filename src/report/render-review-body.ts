import type { Finding } from '../domain/finding.ts';
import { codeSpan, escapeText } from './escape.ts';
import { BODY_TARGET, fitList, fitParts, type Part, wholePart } from './fit.ts';
import { writeReviewMarker } from './marker.ts';
import { type RenderContext, renderListedFinding } from './render-finding.ts';
import type { Selection } from './select-findings.ts';
import { count, countBySeverity, shortSha } from './words.ts';

/**
 * Renders the body of the review, which is never empty and ends with what the next run must know.
 *
 * `refusal` is what GitHub said when it refused the inline comments; the body then holds every finding itself. `cost` is
 * what models used up, in plain text.
 */
export function renderReviewBody(
  { inline, stillOpen, listed }: Selection,
  options: RenderContext & { readonly refusal?: string; readonly cost?: string },
): string {
  const { refusal, headSha, cost } = options;
  const hidden = writeReviewMarker({
    head: headSha,
    inline: refusal === undefined ? inline.map((finding) => finding.id) : [],
  });
  const others = [
    ...(listed.length === 0 || refusal !== undefined ? [] : [`${listed.length} more in the summary comment`]),
    ...(stillOpen.length === 0 ? [] : [`${count(stillOpen.length, 'earlier finding')} still open`]),
  ];
  const first =
    refusal === undefined
      ? `${count(inline.length, 'comment')} on ${codeSpan(shortSha(headSha))}: ${countBySeverity(inline)}`
      : `${countBySeverity([...inline, ...listed])} on ${codeSpan(shortSha(headSha))}, all listed here because GitHub did not take comments in the diff (${escapeText(refusal, 200)})`;
  const parts: readonly Part[] = [
    wholePart(0, `${[first, ...others].join('; ')}.`),
    ...(refusal === undefined ? [] : [everything([...inline, ...listed], options)]),
    wholePart(
      1,
      `<sub>What was read, and how: see the summary comment of this pull request.${cost === undefined ? '' : ` Models: ${escapeText(cost)}.`}</sub>`,
    ),
  ];
  return `${fitParts(parts, BODY_TARGET - hidden.length)}\n\n${hidden}`;
}

function everything(findings: readonly Finding[], context: RenderContext): Part {
  return {
    rank: 2,
    render: (budget) =>
      fitList(
        findings.map((finding) => renderListedFinding(finding, context)),
        budget,
        {
          separator: '\n\n',
          more: (left) => `… and ${count(left, 'more finding')}: see the check run “Firsthand: review”.`,
        },
      ),
  };
}
