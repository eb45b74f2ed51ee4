import type { Finding } from '../domain/finding.ts';
import {
  codeSpan,
  escapeMarkdown,
  escapeTitle,
  fencedBlock,
  hasCommandLine,
  stripInvisible,
} from './escape.ts';
import { BODY_TARGET, fitParts, wholePart } from './fit.ts';
import { findingMarker } from './marker.ts';
import { renderAgentBlock } from './render-agent-block.ts';
import { shortSha } from './words.ts';

/** Longer suggestions are not offered: nobody checks them before pressing the button. */
const MAX_SUGGESTION = 5000;

/** Renders the comment at a finding's place in the diff. */
export function renderInlineComment(
  finding: Finding,
  headSha: string,
  options: { readonly fixedBefore?: ReadonlyMap<string, string> } = {},
): string {
  const marker = findingMarker(finding.id);
  const fixedIn = options.fixedBefore?.get(finding.id);
  const back =
    fixedIn === undefined ? '' : `**Back again:** this was fixed in ${codeSpan(shortSha(fixedIn))}.\n\n`;
  const parts = [
    wholePart(0, `${back}**${escapeTitle(finding.title)}**\n<sub>${renderLabel(finding)}</sub>`),
    wholePart(1, escapeMarkdown(finding.body, 6000)),
    wholePart(2, renderSuggestion(finding)),
    wholePart(3, renderAgentBlock(finding, headSha)),
  ];
  return `${fitParts(parts, BODY_TARGET - marker.length)}\n\n${marker}`;
}

/** Severity first, because that is what people scan for. */
function renderLabel({ id, severity, category, evidence, source }: Finding): string {
  return `${severity} · ${category} · ${evidence} · ${codeSpan(source, 80)} · ${codeSpan(id)}`;
}

/**
 * A block that GitHub offers to commit. None on the LEFT side, where GitHub has nothing to replace, and none whose
 * text would have to be changed to be shown safely: a suggestion is committed byte for byte.
 */
function renderSuggestion(finding: Finding): string {
  const code = finding.suggestion?.replace(/\r?\n$/, '');
  if (code === undefined || finding.location?.side !== 'RIGHT') return '';
  if (code.length > MAX_SUGGESTION || code !== stripInvisible(code)) return '';
  if (hasCommandLine(code) || code.includes('<!-- firsthand:')) return '';
  return fencedBlock(code, 'suggestion');
}
