import type { Machine } from './machine.ts';
import type { Rule } from './rule-index.ts';
import {
  deepTaints,
  field,
  isCleared,
  isConstant,
  type Origin,
  type Step,
  type Taint,
  type Value,
} from './value.ts';
import type { Sink, Site, Weakness } from './weakness.ts';

const MAX_STEPS = 12;
const MAX_LINES = 30;

/** Holds a site against all rules, and records what they find. */
export function reportSite(
  machine: Machine,
  site: Site,
  node: { readonly start: number; readonly end: number },
): void {
  if (site.kind === 'text' && site.args.every(({ taints }) => taints.length === 0)) return;
  for (const { weakness, sink, check } of rulesFor(machine, site)) {
    if (check !== undefined && check.when(site)) record(machine, weakness, node, { site });
    if (sink === undefined || sink.when?.(site) === false) continue;
    const hit = findData(weakness, sink, site);
    if (hit === undefined && sink.isStep !== true) settle(machine, weakness, { sink, site });
    if (hit !== undefined)
      record(machine, weakness, node, {
        site,
        isStep: sink.isStep === true,
        ...(hit === 'unknown' ? {} : { taint: hit }),
      });
  }
}

function rulesFor({ rules }: Machine, { kind, name, spelled }: Site): readonly Rule[] {
  if (kind === 'regex') return rules.regexes;
  if (kind === 'test') return rules.comparisons;
  if (kind === 'text') return rules.texts;
  const index = {
    call: rules.calls,
    write: rules.writes,
    attribute: rules.attributes,
    property: rules.properties,
    variable: rules.variables,
    return: rules.returns,
  }[kind];
  return index.find(name, spelled);
}

const STRENGTH: Readonly<Record<Origin, number>> = { request: 3, page: 3, parameter: 2 };
const NEEDED: Readonly<Record<Sink['from'], number>> = { outside: 3, parameter: 2, unknown: 1 };

/** The data that reaches the sink: its strongest taint, or that it is merely not known. */
function findData(weakness: Weakness, sink: Sink, site: Site): Taint | 'unknown' | undefined {
  const { args = [0] } = sink;
  const values = args === 'all' ? site.args : args.flatMap((index) => site.args[index] ?? []);
  const targets = values.flatMap((value) => targetsIn(value, sink));
  const harmful = targets.flatMap((value) =>
    (sink.isDeep === true ? deepTaints(value) : value.taints).filter(
      (taint) =>
        STRENGTH[taint.origin] >= NEEDED[sink.from] &&
        !isHarmless(taint, weakness) &&
        // Of all that a message can hold, only markup does harm.
        (taint.isMessage !== true || weakness.cwe === 79) &&
        (sink.accepts?.(taint, value, site) ?? true),
    ),
  );
  const [strongest] = harmful.sort((a, b) => STRENGTH[b.origin] - STRENGTH[a.origin]);
  if (strongest !== undefined || sink.from !== 'unknown') return strongest;
  return targets.some((value) => isAnything(value, weakness) && (sink.acceptsUnknown?.(value) ?? true))
    ? 'unknown'
    : undefined;
}

/** Notes where data came along that turned out to be harmless: what was suspected there on its way is none. */
function settle(
  { state }: Machine,
  { id, sinks = [] }: Weakness,
  { sink, site }: { readonly sink: Sink; readonly site: Site },
): void {
  if (!sinks.some(({ isStep }) => isStep)) return;
  const { args = [0] } = sink;
  const values = args === 'all' ? site.args : args.flatMap((index) => site.args[index] ?? []);
  for (const { taints } of values)
    for (const { step } of taints)
      for (const { path, line } of stepsOf(step)) state.settled.add(`${id} ${path} ${line}`);
}

function targetsIn(value: Value, { fields }: Sink): readonly Value[] {
  if (fields === undefined) return [value];
  if (value.objects.length === 0) return fields.includes('') ? [value] : [];
  return fields.flatMap((name) => (name === '' ? [] : (field(value, name) ?? [])));
}

function isHarmless(taint: Taint, { id, clearedBy = [] }: Weakness): boolean {
  return isCleared(taint, id) || clearedBy.some((assurance) => taint.cleared.has(assurance));
}

/** Whether nothing at all is known of a value, not even that it is safe. */
function isAnything(value: Value, { id, clearedBy = [] }: Weakness): boolean {
  const { safeFor, taints, objects } = value;
  return (
    taints.length === 0 &&
    objects.length === 0 &&
    !isConstant(value) &&
    !safeFor.has('*') &&
    !safeFor.has(id) &&
    !clearedBy.some((assurance) => safeFor.has(assurance))
  );
}

function record(
  { state }: Machine,
  { id }: Weakness,
  node: { readonly start: number; readonly end: number },
  { site, taint, isStep = false }: { readonly site: Site; readonly taint?: Taint; readonly isStep?: boolean },
): void {
  const { file, flows } = state;
  const key = `${id} ${file.path} ${node.start}`;
  const startLine = file.lineAt(node.start);
  const strength = taint === undefined ? 1 : STRENGTH[taint.origin];
  if ((flows.get(key)?.strength ?? 0) >= strength) return;
  flows.set(key, {
    weakness: id,
    path: file.path,
    startLine,
    endLine: Math.min(file.lineAt(Math.max(node.start, node.end - 1)), startLine + MAX_LINES),
    origin: taint?.origin,
    strength,
    isText: site.kind === 'text' || isStep,
    steps:
      taint === undefined
        ? []
        : [...stepsOf(taint.step), { path: file.path, line: startLine, code: site.code }],
  });
}

function stepsOf(last: Step): readonly Omit<Step, 'before'>[] {
  const steps: Omit<Step, 'before'>[] = [];
  for (let at: Step | undefined = last; at !== undefined; at = at.before) {
    const { path, line, code } = at;
    steps.unshift({ path, line, code });
  }
  if (steps.length <= MAX_STEPS) return steps;
  return [...steps.slice(0, 2), ...steps.slice(-(MAX_STEPS - 2))];
}
