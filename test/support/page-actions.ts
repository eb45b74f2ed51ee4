import { describeStep } from '../../src/domain/flow.ts';
import type { Action } from '../../src/verify/model/action.ts';
import { listActions } from '../../src/verify/model/list-actions.ts';
import type { PageModel, PageNode } from '../../src/verify/model/page-model.ts';
import { pageNode } from './page-models.ts';

/** A field to type into; its facts are those of a plain text field unless given. */
export const field = (name: string, over: Partial<PageNode['field'] & object> = {}): PageNode =>
  pageNode('textbox', name, {
    ref: name,
    field: { type: 'text', hint: '', isRequired: false, isReadOnly: false, ...over },
  });

export const button = (name: string, over: Partial<PageNode> = {}): PageNode =>
  pageNode('button', name, { ref: name, ...over });

/** What can be done on a page on which “Log out” is forbidden. */
export function actionsOn(model: PageModel, vocabulary: readonly string[] = []): readonly Action[] {
  return listActions(model, { vocabulary, isForbidden: (node) => node.name === 'Log out' });
}

/** The same in words. */
export function wordsOf(model: PageModel, vocabulary?: readonly string[]): readonly string[] {
  return actionsOn(model, vocabulary).map((action) => action.steps.map(describeStep).join(', then '));
}

/** A click that is its own control, spot, sort and family; a test gives what matters to it. */
export const click = (key: string, over: Partial<Action> = {}): Action => ({
  steps: [{ click: key }],
  key,
  control: key,
  spot: key,
  sort: key,
  family: key,
  kind: 'click',
  isOdd: false,
  ...over,
});
