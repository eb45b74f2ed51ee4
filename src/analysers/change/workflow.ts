import type { LineCounter, Node as YamlNode } from 'yaml';
import type { Source } from './source.ts';
import { yaml } from './yaml.ts';

/** A step of a workflow, or a job that calls another workflow. */
export interface WorkflowStep {
  readonly uses: Placed | undefined;
  readonly run: Placed | undefined;
  /** What it is given under `with:`. */
  readonly given: ReadonlyMap<string, Placed>;
}

export interface Placed {
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface Workflow {
  readonly events: readonly string[];
  readonly steps: readonly WorkflowStep[];
  /** Every `permissions:` that is given as one word. */
  readonly permissions: readonly Placed[];
}

export function isWorkflow(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/.test(path);
}

const known = new WeakMap<Source, Workflow | undefined>();

/** Reads a GitHub workflow or action; nothing when it is not YAML of that form. */
export function readWorkflow(source: Source): Workflow | undefined {
  if (!known.has(source)) known.set(source, parse(source.text));
  return known.get(source);
}

function parse(text: string): Workflow | undefined {
  const { isMap, isSeq, isScalar, LineCounter, parseDocument } = yaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const place = (node: unknown): Placed | undefined => placeOf(node, counter);
  const root = document.contents;
  const jobs = root.get('jobs');
  const bodies = isMap(jobs) ? jobs.items.flatMap(({ value }) => (isMap(value) ? value : [])) : [];
  const runs = root.get('runs');
  const lists = [...bodies, ...(isMap(runs) ? [runs] : [])].map((body) => body.get('steps'));
  const steps = lists
    .flatMap((list) => (isSeq(list) ? list.items : []))
    .flatMap((item) => (isMap(item) ? item : []));
  return {
    // YAML 1.1 readers take `on` for true; ours reads 1.2.
    events: eventsOf(root.get('on')),
    steps: [...steps, ...bodies].map((step) => {
      const given = step.get('with');
      const pairs = isMap(given) ? given.items : [];
      return {
        uses: place(step.get('uses', true)),
        run: place(step.get('run', true)),
        given: new Map(
          pairs.flatMap(({ key, value }) => {
            const placed = place(value);
            return isScalar(key) && placed !== undefined ? [[String(key.value), placed] as const] : [];
          }),
        ),
      };
    }),
    permissions: [root, ...bodies].flatMap((body) => place(body.get('permissions', true)) ?? []),
  };
}

function eventsOf(on: unknown): readonly string[] {
  const { isMap, isScalar, isSeq } = yaml();
  if (typeof on === 'string') return [on];
  if (isSeq(on)) return on.items.flatMap((item) => (isScalar(item) ? String(item.value) : []));
  return isMap(on) ? on.items.flatMap(({ key }) => (isScalar(key) ? String(key.value) : [])) : [];
}

function placeOf(node: unknown, counter: LineCounter): Placed | undefined {
  if (!yaml().isScalar(node) || typeof node.value !== 'string') return undefined;
  const [start, end] = (node as YamlNode).range ?? [0, 0];
  return {
    text: node.value,
    startLine: counter.linePos(start).line,
    endLine: counter.linePos(Math.max(start, end - 1)).line,
  };
}
