import type { ReviewCategory } from '../../domain/finding.ts';
import { LOGIC_RULES } from './logic-rules.ts';
import type { RuleText, RuleTexts } from './rule-text.ts';
import { leaked, SECURITY_RULES } from './security-rules.ts';
import { STYLE_RULES } from './style-rules.ts';
import { TYPE_RULES } from './type-rules.ts';

const TEXTS: Readonly<Record<ReviewCategory, RuleTexts>> = {
  security: SECURITY_RULES,
  logic: LOGIC_RULES,
  style: STYLE_RULES,
};

/** What we say ourselves, in whichever category. */
const OWN_RULES: RuleTexts = {
  'firsthand/suppression': {
    title: 'A comment switches a check off',
    body: 'The check ran here all the same; what it found is listed too, if anything. If the exception is right, say why next to it.',
    severity: 'low',
    confidence: 0.9,
    addsMessage: true,
  },
};

const FALLBACKS: Readonly<Record<ReviewCategory, Pick<RuleText, 'severity' | 'confidence'>>> = {
  security: { severity: 'medium', confidence: 0.6 },
  logic: { severity: 'medium', confidence: 0.75 },
  style: { severity: 'low', confidence: 0.7 },
};

/** What to say about a rule; for one without a text of ours, the tool's own message stands in. */
export function describeRule(rule: string, category: ReviewCategory): RuleText {
  const own = OWN_RULES[rule];
  if (own !== undefined) return { ...own, severity: category === 'security' ? 'medium' : own.severity };
  const typeError = /^tsc(?:-strict)?\/(TS\d+)$/.exec(rule)?.[1];
  const text = typeError === undefined ? TEXTS[category][rule] : TYPE_RULES[typeError];
  if (text !== undefined) return text;
  const name = rule.slice(rule.indexOf('/') + 1);
  if (isSecretRule(rule)) return { ...leaked('A secret'), title: `A secret (${name}) is in the code` };
  return { title: titleOf(name, category), body: '', addsMessage: true, ...FALLBACKS[category] };
}

function titleOf(name: string, category: ReviewCategory): string {
  if (/^TS\d+$/.test(name)) return `Type error ${name}`;
  if (category === 'style') return `The rest of the repository keeps to ${name}; this does not`;
  return `${name} found a mistake`;
}

/** Whether the rule says that a secret is in the code, whose value must never be repeated. */
export function isSecretRule(rule: string): boolean {
  return rule.startsWith('secretlint/') || rule.startsWith('secrets/');
}

/**
 * Whether a rule counts only where the base has no hit of it: all matters of style, and type errors that exist only
 * under strict null checks, which the repository may not use.
 */
export function needsConformance(rule: string, category: ReviewCategory): boolean {
  return category === 'style' || rule.startsWith('tsc-strict/');
}
