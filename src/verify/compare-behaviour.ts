import { describeStep, type Step } from '../domain/flow.ts';
import { compareNumbers, leafTexts, type NumberChange } from './compare-numbers.ts';
import type { Difference } from './difference.ts';
import type { Pair } from './pair.ts';
import type { StateContext } from './pictures/compare-pictures.ts';
import type { Observation } from './ports.ts';
import { pathOn, pathTemplate, type Site } from './site.ts';

/** Steps, titles and paths at which a customer commits to what the page says. */
const COMMITTING = /check.?out|pay|order|purchase|buy\b|place|confirm|invoice|receipt|billing|kasse|bezahl/i;

/**
 * Compares what two states mean: where they are, what they ask, whether they answer, and the numbers they show.
 *
 * Ordinary texts are not compared here: a change of copy is no fault.
 */
export function compareBehaviour(
  observed: { readonly base: Observation; readonly head: Observation },
  sites: Pair<Site>,
  context: StateContext,
): readonly Difference[] {
  const { base, head } = observed;
  if (head.isHung || base.isHung) return base.isHung ? [] : [describeHang(head, context)];
  const place = comparePlaces(observed, sites, context);
  if (place !== undefined) return [place];
  const numbers = compareNumbers(base.snapshot, head.snapshot);
  const shared = { steps: context.steps, url: head.url, environment: context.environment };
  return [
    ...compareMessages(observed, context),
    ...(numbers.length > 0 ? [{ ...shared, ...describeNumbers(numbers, context, head) }] : []),
  ];
}

function describeHang(head: Observation, context: StateContext): Difference {
  return {
    key: `hung|${stepKey(context.steps)}`,
    category: 'flow',
    severity: 'high',
    source: 'firsthand/page-hangs',
    title: `${describeMoment(context.steps)} the page stops answering`,
    body:
      dialogNote(head) ?? 'The page did not answer within its time limit on the head; on the base it did.',
    expected: 'a page that answers',
    actual: 'a page that hangs',
    steps: context.steps,
    url: head.url,
    environment: context.environment,
  };
}

/** Dialogs and alerts that only the head shows. */
function compareMessages(
  { base, head }: { readonly base: Observation; readonly head: Observation },
  context: StateContext,
): readonly Difference[] {
  const shared = { steps: context.steps, url: head.url, environment: context.environment };
  const after = describeMoment(context.steps);
  const differences: Difference[] = [];
  const dialog = head.dialogs.find(
    (one) =>
      !base.dialogs.some((other) => other.kind === one.kind && words(other.message) === words(one.message)),
  );
  if (dialog !== undefined && base.dialogs.length < head.dialogs.length) {
    differences.push({
      ...shared,
      key: `dialog|${dialog.kind}|${words(dialog.message)}`,
      category: 'flow',
      severity: 'medium',
      source: 'firsthand/dialog',
      title: `${after} a dialog opens: “${cut(dialog.message, 80)}”`,
      body: 'The dialog opens on the head only.',
      expected: 'no dialog',
      actual: `${dialog.kind}: ${dialog.message}`,
    });
  }
  const alert = newAlert(base.snapshot, head.snapshot);
  if (alert !== undefined) {
    differences.push({
      ...shared,
      key: `alert|${words(alert)}`,
      category: 'state',
      severity: 'medium',
      source: 'firsthand/alert',
      title: `${after} the page reports: “${cut(alert, 80)}”`,
      body: 'The message is announced as an alert on the head; the base announces none.',
      expected: 'no alert',
      actual: alert,
    });
  }
  return differences;
}

function comparePlaces(
  { base, head }: { readonly base: Observation; readonly head: Observation },
  sites: Pair<Site>,
  context: StateContext,
): Difference | undefined {
  const basePath = sites.base === undefined ? undefined : pathOn(sites.base, base.url);
  const headPath = pathOn(sites.head, head.url);
  const [from, to] = [basePath ?? base.url, headPath ?? head.url];
  if (pathTemplate(from) === pathTemplate(to)) return undefined;
  return {
    key: `place|${pathTemplate(from)}|${pathTemplate(to)}`,
    category: 'flow',
    severity: 'high',
    source: 'firsthand/other-page',
    title: `${describeMoment(context.steps)} the head is at ${cut(to, 60)}, the base at ${cut(from, 60)}`,
    body: 'The same steps lead to another page.',
    expected: from,
    actual: to,
    steps: context.steps,
    url: head.url,
    environment: context.environment,
  };
}

function describeNumbers(
  changes: readonly NumberChange[],
  context: StateContext,
  head: Observation,
): Pick<
  Difference,
  'key' | 'category' | 'severity' | 'source' | 'title' | 'body' | 'expected' | 'actual' | 'values'
> {
  const [first] = changes;
  const label = first?.label ?? '';
  const moment = [...context.steps.map(describeStep), head.title, head.url].join(' ');
  const isNegative = first?.isNegative === true;
  const severity = isNegative
    ? COMMITTING.test(moment)
      ? 'critical'
      : 'high'
    : first?.isMoney === true
      ? 'high'
      : 'medium';
  const others = changes
    .slice(1, 6)
    .map((change) => `- ${change.label}: “${change.head}”, on the base “${change.base ?? 'nothing'}”`);
  const values = changes.map((change) => `${change.base ?? ''} → ${change.head}`);
  return {
    key: `number|${words(label)}|${isNegative ? 'negative' : 'other'}`,
    category: 'state',
    severity,
    source: 'firsthand/number-changed',
    title: cut(
      `${describeMoment(context.steps)} ${isNegative ? 'an amount is below zero' : 'a number differs'}: ${withLabel(label, first?.head ?? '')}, the base shows ${first?.base ?? 'none'}`,
      200,
    ),
    body: [
      'The same steps on both sides show different numbers under the same label.',
      ...(others.length > 0 ? ['', 'Also:', ...others] : []),
    ].join('\n'),
    expected: first?.base ?? `no amount below zero at ${label}`,
    actual: first?.head ?? '',
    values,
  };
}

function withLabel(label: string, text: string): string {
  return text.toLowerCase().includes(label.toLowerCase()) ? text : `${label} ${text}`;
}

/** `After click “Pay”`, or `On opening /cart`. */
export function describeMoment(steps: readonly Step[]): string {
  const last = steps.at(-1);
  if (last === undefined) return 'On the start page';
  if ('goto' in last) return `On ${last.goto}`;
  return `After ${cut(describeStep(last), 80)}`;
}

/** Steps as part of a key: what the last one does, whatever came before it. */
export function stepKey(steps: readonly Step[]): string {
  return JSON.stringify(steps.at(-1) ?? '');
}

function newAlert(base: string, head: string): string | undefined {
  const alerts = (snapshot: string): readonly string[] => {
    const lines = snapshot.split('\n');
    const start = lines.findIndex((line) => /^\s*- '?alert\b/.test(line));
    if (start < 0) return [];
    const depth = (line: string): number => line.length - line.trimStart().length;
    const first = lines[start] ?? '';
    const after = lines.slice(start + 1);
    const end = after.findIndex((line) => depth(line) <= depth(first));
    return leafTexts([first, ...(end < 0 ? after : after.slice(0, end))].join('\n'));
  };
  return alerts(base).length > 0 ? undefined : alerts(head)[0];
}

function dialogNote({ dialogs }: Observation): string | undefined {
  return dialogs.length < 10 ? undefined : `It opened ${dialogs.length} dialogs, one after the other.`;
}

/** A message without what changes from run to run. */
export function words(text: string): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim().slice(0, 200);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
