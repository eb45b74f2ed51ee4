import { SEVERITIES, type Severity } from '../domain/finding.ts';
import { type Candidate, type Rejected, reject } from './candidates.ts';
import type { Quote, Verdict } from './claim-schema.ts';
import type { Cause } from './merge.ts';
import { plainText } from './plain-text.ts';
import type { ModelFinding } from './reading.ts';
import type { Checked } from './verify-cause.ts';

/** How sure a verifier must be: the less there is at stake, the surer, to be worth anybody's time. */
const MIN_CONFIDENCE: Readonly<Record<Severity, number>> = {
  critical: 0.5,
  high: 0.5,
  medium: 0.6,
  low: 0.8,
};
const MAX_PLACES = 5;

/**
 * Decides what becomes of a claim. Confirmed ones are told; refuted ones, and those that were so before, are not; of
 * the undecided only grave security claims are told, one step lower and marked as unconfirmed.
 */
export function settle(cause: Cause, checked: Checked): ModelFinding | Rejected {
  const { candidate } = cause;
  const refuse = (reason: string): Rejected =>
    reject({ ...candidate, ...candidate.location }, candidate.category, reason);
  if (checked.kind === 'not-checked') {
    const why = `it was not verified: ${checked.why}`;
    return isGrave(candidate) ? unconfirmed(cause, why) : refuse(why);
  }
  const { verdict } = checked;
  const reason = plainText(verdict.reason, 300);
  if (verdict.verdict === 'refuted') return refuse(`the verifier refuted it: ${reason}`);
  if (verdict.verdict === 'undecided' || verdict.confidence < MIN_CONFIDENCE.high) {
    return isGrave(candidate)
      ? unconfirmed(cause, `it could be neither confirmed nor refuted: ${reason}`)
      : refuse(`it could be neither confirmed nor refuted: ${reason}`);
  }
  if (!verdict.isCausedByChange) return refuse(`it was so before the change: ${reason}`);
  const severity =
    candidate.category === 'style' ? candidate.severity : (verdict.severity ?? candidate.severity);
  if (verdict.confidence < MIN_CONFIDENCE[severity]) {
    return refuse(`it is of ${severity} severity and not certain`);
  }
  return {
    ...toFinding(cause, { evidence: verdict.evidence, checkedBy: reason }),
    severity,
    confidence: Math.round(((candidate.confidence + verdict.confidence) / 2) * 100) / 100,
    ...(candidate.replacement !== undefined && verdict.isReplacementRight === true
      ? { replacement: candidate.replacement }
      : {}),
    ...visibleOf(verdict),
  };
}

/** Words that a program compares: few and short, whatever the model wrote. */
const MAX_WORDS = 6;
const MAX_WORD = 60;

function visibleOf({ visibleInProduct }: Verdict): Pick<ModelFinding, 'visibleInProduct'> {
  const what = plainText(visibleInProduct?.what ?? '', 300);
  if (visibleInProduct === null || visibleInProduct === undefined || what === '') return {};
  const clean = (words: readonly string[]): readonly string[] =>
    words
      .slice(0, MAX_WORDS)
      .map((word) => plainText(word, MAX_WORD))
      .filter((word) => word !== '');
  const { pages, controls, symptom } = visibleInProduct;
  return { visibleInProduct: { what, pages: clean(pages), controls: clean(controls), symptom } };
}

function isGrave({ category, severity }: Candidate): boolean {
  return category === 'security' && (severity === 'critical' || severity === 'high');
}

function unconfirmed(cause: Cause, why: string): ModelFinding {
  return {
    ...toFinding(cause, { evidence: [], note: `Not confirmed: ${why}` }),
    severity: demote(cause.candidate.severity),
    confidence: Math.min(0.4, cause.candidate.confidence),
  };
}

function demote(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.length - 1, SEVERITIES.indexOf(severity) + 1)] ?? severity;
}

/** The finding's words, rebuilt from fields: nothing of a model's answer is passed on as it came. */
function toFinding(
  { candidate, others }: Cause,
  more: { readonly evidence: readonly Quote[]; readonly checkedBy?: string; readonly note?: string },
): ModelFinding {
  const { category, location, model } = candidate;
  const rule =
    candidate.rule === undefined
      ? ''
      : `The rule, in ${code(candidate.rule.path)}: “${plainText(candidate.rule.text, 400)}”`;
  const also = others
    .filter(({ title }) => title !== candidate.title)
    .map((other) => `${plainText(other.title, 120)} (${other.category})`);
  const parts = [
    plainText(candidate.consequence, 600),
    rule,
    labelled('When', plainText(candidate.trigger, 600)),
    labelled('Why', plainText(candidate.mechanism, 900)),
    labelled('Checked', more.checkedBy ?? ''),
    places([...candidate.evidence, ...more.evidence], location),
    also.length === 0 ? '' : `Also seen here: ${also.join('; ')}.`,
    more.note ?? '',
  ];
  return {
    category,
    kind: /^[a-z][a-z-]{0,40}$/.test(candidate.kind) ? candidate.kind : 'other',
    severity: candidate.severity,
    confidence: candidate.confidence,
    title: plainText(candidate.title, 120) || 'A finding without a title',
    body: parts.filter((part) => part !== '').join('\n\n'),
    location,
    model,
  };
}

function labelled(label: string, text: string): string {
  return text === '' ? '' : `**${label}:** ${text}`;
}

/** Other lines that the finding rests on. */
function places(quotes: readonly Quote[], location: ModelFinding['location']): string {
  const named = new Set(
    quotes
      .filter(
        ({ path, line }) => path !== location.path || line < location.startLine || line > location.endLine,
      )
      .map(({ path, line }) => code(`${path}:${line}`)),
  );
  return named.size === 0 ? '' : `See ${[...named].slice(0, MAX_PLACES).join(', ')}.`;
}

/** A path is the pull request's text: no tick in it ends the span. */
function code(text: string): string {
  return `\`${text.replaceAll('`', '′').replace(/\s+/g, ' ').slice(0, 200)}\``;
}
