import type { YAMLMap, Node as YamlNode } from 'yaml';
import type { Source } from './source.ts';
import { yaml } from './yaml.ts';

/** A key of a map, with its value and the line that it is on. */
export interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: unknown;
}

export interface WorkflowJob {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly steps: readonly (readonly Entry[])[];
}

/** A GitHub workflow with its places: https://docs.github.com/en/actions/reference/workflows-and-actions */
export interface WorkflowDocument {
  readonly entries: readonly Entry[];
  readonly jobs: readonly WorkflowJob[];
  /** The line on which a part of it begins. */
  readonly lineOf: (value: unknown) => number;
}

export function isWorkflowFile(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

/** Reads a workflow; nothing when it is not YAML, or no map with jobs. */
export function readWorkflowDocument({ text }: Source): WorkflowDocument | undefined {
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = yaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const lineOf = (value: unknown): number => {
    const range = (value as Partial<YamlNode> | null)?.range;
    return counter.linePos(range?.[0] ?? 0).line;
  };
  const entriesOf = (map: YAMLMap): readonly Entry[] =>
    map.items.flatMap(({ key, value }) =>
      isScalar(key) && key.value !== '<<' ? [{ key: String(key.value), line: lineOf(key), value }] : [],
    );
  const jobs = document.contents.get('jobs');
  if (!isMap(jobs)) return undefined;
  return {
    entries: entriesOf(document.contents),
    jobs: jobs.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !isMap(value)) return [];
      const steps = value.get('steps');
      return [
        {
          id: String(key.value),
          entries: entriesOf(value),
          steps: (isSeq(steps) ? steps.items : []).flatMap((step) => (isMap(step) ? [entriesOf(step)] : [])),
        },
      ];
    }),
    lineOf,
  };
}

/** The texts in a value: itself, or the elements of a list. */
export function textsOf(value: unknown): readonly { readonly text: string; readonly node: unknown }[] {
  const { isScalar, isSeq } = yaml();
  const nodes = isSeq(value) ? value.items : [value];
  return nodes.flatMap((node) =>
    isScalar(node) && typeof node.value === 'string' ? [{ text: node.value, node }] : [],
  );
}
