import type { PageNode } from '../model/page-model.ts';
import type { Invariant } from './invariant.ts';
import { FIELD_ROLES, fold } from './page-texts.ts';

const TICKED: ReadonlySet<string> = new Set(['checkbox', 'radio', 'switch']);
const LOOSE: ReadonlySet<string> = new Set(['text', 'generic']);

/**
 * A field that stands beside its label belongs to it.
 *
 * Only where the words are there, in front of a field or behind a box, and say nothing to it; fields that never had a
 * label are left to the audit.
 */
export const fieldsHaveNames: Invariant = {
  name: 'fields-have-names',
  check: ({ after }) => [...orphans(after.nodes)],
};

function* orphans(nodes: readonly PageNode[]): Generator<ReturnType<Invariant['check']>[number]> {
  for (const [index, node] of nodes.entries()) {
    if (isField(node) && node.name === '' && node.placeholder === undefined) {
      const label = labelBeside(nodes, index);
      if (label !== undefined) {
        yield {
          key: `fields-have-names|${node.role}|${label}`,
          what: `the field beside “${label}” has no name: the label is not connected to it`,
          severity: 'low',
          category: 'accessibility',
          expected: `a ${node.role} named “${label}”`,
          actual: `a ${node.role} without a name`,
          node,
          expect: { visible: { role: node.role, name: label } },
          isDeltaOnly: true,
        };
      }
    }
    yield* orphans(node.children);
  }
}

function isField(node: PageNode): boolean {
  return FIELD_ROLES.has(node.role) || TICKED.has(node.role);
}

function labelBeside(siblings: readonly PageNode[], index: number): string | undefined {
  const node = siblings[index];
  const order = node !== undefined && TICKED.has(node.role) ? [index + 1, index - 1] : [index - 1];
  for (const place of order) {
    const beside = siblings[place];
    if (beside === undefined || !LOOSE.has(beside.role) || beside.children.length > 0) continue;
    const text = fold(beside.text);
    if (/\p{L}{2}/u.test(text) && text.length <= 40) return text.replace(/\s?[:*]\s*$/, '');
  }
  return undefined;
}
