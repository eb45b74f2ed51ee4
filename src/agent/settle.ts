import { SEVERITIES, type Severity } from '../domain/finding.ts';
import { type Candidate, type Rejected, reject } from './candidates.ts';
import type { Quote, Verdict } from './claim-schema.ts';
import type { Cause } from './merge.ts';
import { plainText } from './plain-text.ts';
import type { ModelFinding } from './reading.ts';
import type { Checked } from './verify-cause.ts';

const MIN_CONFIDENCE = 0.5;
/** A claim of low severity must be surer than others to be worth anybody's time. */
const MIN_LOW_CONFIDENCE = 0.75;
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
  if (verdict.verdict === 'undecided' || verdict.confidence < MIN_CONFIDENCE) {
    return isGrave(candidate)
      ? unconfirmed(cause, `it could be neither confirmed nor refuted: ${reason}`)
      : refuse(`it could be neither confirmed nor refuted: ${reason}`);
  }
  if (!verdict.isCausedByChange) return refuse(`it was so before the change: ${reason}`);
  const severity = candidate.category === 'style' ? candidate.severity : verdict.severity;
  if (severity === 'low' && verdict.confidence < MIN_LOW_CONFIDENCE) {
    return refuse('it is of low severity and not certain');
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

function visibleOf({ visibleInProduct }: Verdict): Pick<ModelFinding, 'visibleInProduct'> {
  const text = plainText(visibleInProduct ?? '', 300);
  return text === '' ? {} : { visibleInProduct: text };
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
