import type { FileDiff } from '../domain/diff.ts';
import type { Diagnostic } from './ports.ts';

/** Characters that reorder text, and tag characters, which show as nothing: https://trojansource.codes */
const REORDERING = /[\u202a-\u202e\u2066-\u2069\u{E0000}-\u{E007F}]/u;

/** Words to a reviewing program: an order, and whom or what it is about. Several must come together. */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|all|your|system)\b.{0,20}\b(?:instructions?|prompts?|rules|guidelines)\b/i,
  /\b(?:ai|llm|automated|code|bot)[\s-]?(?:code[\s-])?(?:reviewers?|review(?:ing)? (?:bot|agent|assistant|tool)s?|assistants?|agents?)\b.{0,60}\b(?:must|should|please|do not|don't|never|always|approve|skip|ignore|stay silent)\b.{0,60}\b(?:approve|lgtm|report|flag|comment|mention|skip|ignore|review|finding|issue)/i,
  /\b(?:approve|lgtm)\b.{0,30}\b(?:this (?:pull request|pr|change|diff)|without (?:review|comment))/i,
  /\b(?:do not|don't|never)\b.{0,12}\b(?:report|flag|mention|comment on)\b.{0,40}\b(?:this (?:file|change|line|code)|vulnerabilit|security|secret|finding)/i,
];

/** Finds added lines that try to instruct a reviewer, or that read otherwise than they run. */
export function findHostileText(diff: readonly FileDiff[]): readonly Diagnostic[] {
  return diff.flatMap((file) =>
    file.hunks.flatMap((hunk) =>
      hunk.lines.flatMap(({ kind, text, newLine }) => {
        if (kind !== 'added' || newLine === undefined) return [];
        const rule = ruleFor(text.slice(0, MAX_LINE));
        if (rule === undefined) return [];
        return [{ rule, path: file.path, startLine: newLine, endLine: newLine, message: rule }];
      }),
    ),
  );
}

const MAX_LINE = 2000;
/** Drawn as nothing, so that a word can be cut in two for a program and not for a person. */
const NOTHING = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/g;

function ruleFor(text: string): string | undefined {
  if (REORDERING.test(text)) return 'firsthand/hidden-characters';
  return instructs(text) ? 'firsthand/reviewer-instruction' : undefined;
}

/** Whether a line speaks to a reviewing program. */
export function instructs(line: string): boolean {
  const plain = line.slice(0, MAX_LINE).normalize('NFKC').replace(NOTHING, '');
  return INSTRUCTIONS.some((pattern) => pattern.test(plain));
}
