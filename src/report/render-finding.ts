import type { Finding } from '../domain/finding.ts';
import {
  codeSpan,
  escapeHtml,
  escapeMarkdown,
  escapeText,
  escapeTitle,
  safeAddress,
  titleHtml,
} from './escape.ts';
import { folded } from './fit.ts';
import { renderAgentBlock } from './render-agent-block.ts';
import { shownPictures } from './shown-pictures.ts';
import { describePlace, describeSteps } from './words.ts';

/** How many CSS properties of a visual finding are named beside its pictures. */
const MAX_PROPERTIES = 3;

/** What the renderers of one run need to know beside the finding. */
export interface RenderContext {
  readonly headSha: string;
  /** Such as https://github.com/octo/shop. */
  readonly repositoryUrl?: string;
  /** Of visual changes that can be approved, by their ids. */
  readonly numbers?: ReadonlyMap<string, number>;
}

/** One line of a list: severity, title and place. */
export function renderFindingLine(finding: Finding, context: RenderContext, suffix = ''): string {
  const place = renderPlace(finding, context);
  const where = place === '' ? '' : ` — ${place}`;
  const number = context.numbers?.get(finding.id);
  const named = number === undefined || finding.approved !== undefined ? '' : `**${number}** · `;
  return `- ${named}**${finding.severity}** · ${finding.category} · ${escapeTitle(finding.title)}${where}${suffix}`;
}

/** One line of what somebody accepted. The name is no mention: nobody is called for it. */
export function renderApprovedLine(finding: Finding, context: RenderContext): string {
  const { by = '', pull } = finding.approved ?? {};
  const where = pull === undefined ? '' : ` on pull request ${pull}`;
  return renderFindingLine(finding, context, `, approved by ${codeSpan(`@${by}`, 60)}${where}`);
}

/** The place as a link to the head commit, or to the preview's page; text when it cannot be linked. */
function renderPlace(finding: Finding, context: RenderContext): string {
  const text = describePlace(finding);
  if (text === '') return '';
  const address = finding.location === undefined ? finding.url : sourceAddress(finding, context);
  const href = address === undefined ? undefined : safeAddress(address);
  if (href === undefined || text.length > 300) return codeSpan(text, 300);
  return `<a href="${href}">${escapeText(text, 300)}</a>`;
}

/** A finding of the diff in a list, with all that an inline comment would say. */
export function renderListedFinding(finding: Finding, context: RenderContext): string {
  const title = `<b>${finding.severity}</b> · ${finding.category} · ${titleHtml(finding.title)}`;
  const lines = [
    `${renderPlace(finding, context)} · ${finding.evidence} · ${codeSpan(finding.source, 80)} · ${codeSpan(finding.id)}`,
    escapeMarkdown(finding.body, 1500),
    renderAgentBlock(finding, context.headSha),
  ];
  return folded(title, lines.filter((line) => line !== '').join('\n\n'));
}

/** A finding of the preview: what happened, the fewest steps to it, pictures, and the block for agents. */
export function renderPreviewFinding(
  finding: Finding,
  context: RenderContext,
  options: { readonly isOpen?: boolean } = {},
): string {
  const number = context.numbers?.get(finding.id);
  const named = number === undefined ? '' : `<b>${number}</b> · `;
  const title = `${named}<b>${finding.severity}</b> · ${finding.category} · ${titleHtml(finding.title)}`;
  const lines = [
    escapeMarkdown(finding.body, 1500),
    finding.steps === undefined ? '' : `**Steps:** ${escapeText(describeSteps(finding.steps), 1200)}`,
    finding.expected === undefined
      ? ''
      : `**Expected:** ${escapeText(firstProperties(finding.expected), 500)}`,
    finding.actual === undefined ? '' : `**Actual:** ${escapeText(firstProperties(finding.actual), 500)}`,
    renderPictures(finding),
    renderCircumstances(finding, context),
    renderAgentBlock(finding, context.headSha),
  ];
  return folded(title, lines.filter((line) => line !== '').join('\n\n'), options);
}

/** A visual finding lists every CSS property that differs; the body has them too, and three tell enough here. */
function firstProperties(text: string): string {
  const properties = text.split('; ');
  if (properties.length <= MAX_PROPERTIES || !properties.every((each) => /^[a-z-]+: /.test(each)))
    return text;
  return `${properties.slice(0, MAX_PROPERTIES).join('; ')} and ${properties.length - MAX_PROPERTIES} more`;
}

/** Whether the finding has pictures that nobody can look at because they are no addresses. */
export function hasUnstoredPictures(finding: Finding): boolean {
  return shownPictures(finding).some(({ picture }) => safeAddress(picture) === undefined);
}

function renderPictures(finding: Finding): string {
  const cells = shownPictures(finding).flatMap(({ title, picture }) => {
    const href = safeAddress(picture);
    if (href === undefined) return [];
    const alt = escapeHtml(`${title}: ${finding.title}`, 120);
    // A fixed width: three pictures squeezed into a phone's width show nothing; the table scrolls sideways.
    return [{ title, cell: `<a href="${href}"><img src="${href}" width="280" alt="${alt}"></a>` }];
  });
  if (cells.length === 0) return '';
  const row = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [
    row(cells.map((cell) => cell.title)),
    row(cells.map(() => '---')),
    row(cells.map((cell) => cell.cell)),
  ].join('\n');
}

function renderCircumstances(finding: Finding, context: RenderContext): string {
  const parts = [
    renderPlace(finding, context),
    finding.viewport === undefined ? '' : escapeText(finding.viewport, 60),
    finding.onBase === false ? `${finding.evidence}, not so on the base` : finding.evidence,
    codeSpan(finding.source, 80),
    codeSpan(finding.id),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function sourceAddress(finding: Finding, context: RenderContext): string | undefined {
  const { repositoryUrl, headSha } = context;
  const { location } = finding;
  // A line of the LEFT side does not exist at the head.
  if (repositoryUrl === undefined || location === undefined || location.side === 'LEFT') return undefined;
  const path = location.path.split('/').map(encodeURIComponent).join('/');
  return `${repositoryUrl}/blob/${headSha}/${path}#L${location.startLine}-L${location.endLine}`;
}
