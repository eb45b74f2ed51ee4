import type { Expression, Program, Statement } from 'oxc-parser';
import { bindPattern } from './bind-pattern.ts';
import type { Call } from './call.ts';
import { CALLS } from './evaluate-calls.ts';
import { JSX } from './evaluate-jsx.ts';
import { OPERATORS } from './evaluate-operators.ts';
import { type Evaluators, VALUES } from './evaluate-values.ts';
import { callFunction } from './functions.ts';
import { JAVASCRIPT } from './javascript.ts';
import type { Language } from './language.ts';
import type { Flow, Machine, State } from './machine.ts';
import { createModules, type ReadModule } from './modules.ts';
import { reportSite } from './report.ts';
import { parameterValue } from './roles.ts';
import type { RuleIndex } from './rule-index.ts';
import { type SourceFile, sourceFile } from './source-file.ts';
import { hoist, STATEMENTS } from './statements.ts';
import { type FunctionValue, UNKNOWN, type Value } from './value.ts';

const MAX_STEPS = 400_000;
const NO_PROGRAM: Program = {
  type: 'Program',
  body: [],
  sourceType: 'module',
  hashbang: null,
  start: 0,
  end: 0,
};

const EVALUATORS: Evaluators = { ...VALUES, ...OPERATORS, ...CALLS, ...JSX };
type Evaluate = (node: Expression, scope: Parameters<Machine['evaluate']>[1], machine: Machine) => Value;
type Execute = (node: Statement, scope: Parameters<Machine['execute']>[1], machine: Machine) => boolean;

export class TooComplexError extends Error {
  override readonly name = 'TooComplexError';
}

/** What the analysis is given of a program: its files by path, parsed on demand. */
export interface ProgramFiles {
  /** The parsed file; `undefined` when there is none or it cannot be parsed. */
  read(path: string): { readonly text: string; readonly program: Program } | undefined;
  has(path: string): boolean;
}

/** Analyses files one after the other; modules that several of them import are followed once. */
export function createAnalysis(
  files: ProgramFiles,
  rules: RuleIndex,
  language: Language = JAVASCRIPT,
): (path: string) => readonly Flow[] {
  const parsed = new Map<string, SourceFile | undefined>();
  const open = (path: string): SourceFile | undefined => {
    if (!parsed.has(path)) {
      const file = files.read(path);
      parsed.set(path, file === undefined ? undefined : sourceFile(path, file.text, file.program));
    }
    return parsed.get(path);
  };
  const { machine, modules } = createMachine(rules, {
    read: { open, has: (name) => files.has(name) },
    language,
  });
  return (path) => {
    const file = open(path);
    if (file === undefined) return [];
    const { state } = machine;
    state.steps = 0;
    state.file = file;
    // A file that was too much for the one before leaves these where they were.
    state.depth = 0;
    state.loops = 0;
    state.whiles = 0;
    state.branches.length = 0;
    state.thrown.length = 0;
    state.conditions.length = 0;
    state.facts.length = 0;
    state.frames.length = 0;
    const exported = modules.run(path, 'requested');
    followUncalled(machine, file, exported);
    return relevantFlows(state, path);
  };
}

function createMachine(
  rules: RuleIndex,
  program: { readonly read: ReadModule; readonly language: Language },
): { readonly machine: Machine; readonly modules: ReturnType<typeof createModules> } {
  const state: State = {
    file: sourceFile('', '', NO_PROGRAM),
    depth: 0,
    branches: [],
    thrown: [],
    conditions: [],
    facts: [],
    frames: [],
    pending: new Map(),
    runs: new Map(),
    flows: new Map(),
    settled: new Set(),
    steps: 0,
    loops: 0,
    whiles: 0,
    registration: undefined,
    purpose: '',
  };
  const machine: Machine = {
    rules,
    state,
    evaluate(node, scope) {
      state.steps += 1;
      if (state.steps > MAX_STEPS) throw new TooComplexError(`more than ${MAX_STEPS} steps`);
      // The table has for each type a function of nodes of that type.
      const evaluate = EVALUATORS[node.type] as Evaluate | undefined;
      return evaluate?.(node, scope, machine) ?? UNKNOWN;
    },
    execute(statements, scope) {
      hoist(statements, scope, machine);
      let isEnd = false;
      for (const statement of statements) {
        const execute = STATEMENTS[statement.type] as Execute | undefined;
        isEnd = (execute?.(statement, scope, machine) ?? false) || isEnd;
      }
      return isEnd;
    },
    bind: (pattern, value, scope, how) => bindPattern(machine, pattern, { value, scope, how }),
    builtIn: (call) => builtIn(machine, call, program.language),
    call: (fn, args, self) => callFunction(machine, fn, args, self),
    importModule: (specifier) => modules.import(specifier),
    report: (site, node) => reportSite(machine, site, node),
  };
  const modules = createModules(machine, program);
  return { machine, modules };
}

function builtIn(
  machine: Machine,
  call: Call,
  { functions, methods, whenSettled }: Language,
): Value | undefined {
  // Names come from the program: `constructor` and the like are none of ours.
  const known = Object.hasOwn(functions, call.name) ? functions[call.name]?.(call, machine) : undefined;
  if (known !== undefined || !call.hasReceiver) return known;
  if (call.method === 'then') return whenSettled?.(call, machine);
  if (!Object.hasOwn(methods, call.method)) return undefined;
  return methods[call.method]?.(call, machine);
}

/** Follows the functions of a file that nothing in it has called, as if someone outside called them with anything. */
function followUncalled(machine: Machine, file: SourceFile, exported: Value): void {
  const { state } = machine;
  const open = functionsOf(exported);
  const called = new Set([...file.text.matchAll(CALLED)].map(([, name]) => name));
  const pending = state.pending.get(file.path) ?? [];
  const done = new Set<FunctionValue['node']>();
  const follow = (fn: FunctionValue): void => {
    if (done.has(fn.node)) return;
    done.add(fn.node);
    callFunction(
      machine,
      fn,
      fn.node.params.map((parameter, index) => parameterValue(machine, parameter, fn, index)),
    );
  };
  const wasFollowed = ({ node }: FunctionValue): boolean => (state.runs.get(node) ?? 0) > 0;
  // The list grows as functions inside of those are met.
  for (const fn of pending) if (open.has(fn) || (!wasFollowed(fn) && !called.has(fn.name))) follow(fn);
  for (const fn of pending) if (!wasFollowed(fn)) follow(fn);
}

/** A name before an opening parenthesis, other than where a function is declared. */
const CALLED = /(?<!function )(?<![\w$])([\w$]+)\s{0,2}\(/g;

const MAX_EXPORTED = 500;

/** The functions that a caller gets hold of through a module's exports. */
function functionsOf(exported: Value): ReadonlySet<FunctionValue> {
  const found = new Set<FunctionValue>();
  const seen = new Set<unknown>();
  const queue = [exported];
  for (let at = 0; at < queue.length && at < MAX_EXPORTED; at++) {
    const value = queue[at] ?? UNKNOWN;
    for (const fn of value.functions) found.add(fn);
    for (const object of value.objects) {
      if (seen.has(object)) continue;
      seen.add(object);
      queue.push(...object.fields.values());
    }
  }
  return found;
}

/** The flows that touch the file; one that ends elsewhere is reported where the file hands the data on. */
function relevantFlows({ flows, settled }: State, path: string): readonly Flow[] {
  const all = [...flows.values()];
  const used = new Set(
    all
      .filter(({ isText }) => !isText)
      .flatMap(({ steps }) => steps.map((step) => `${step.path} ${step.line}`)),
  );
  return all.flatMap((flow) => {
    // A text on the way to where it does harm is one finding with that.
    const place = `${flow.path} ${flow.startLine}`;
    if (flow.isText && (used.has(place) || settled.has(`${flow.weakness} ${place}`))) return [];
    if (flow.path === path) return [flow];
    const last = flow.steps.findLast((step) => step.path === path);
    return last === undefined ? [] : [{ ...flow, path, startLine: last.line, endLine: last.line }];
  });
}
