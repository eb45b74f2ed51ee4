import type { PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import { readAtoms } from './atoms.ts';

/** Whether two pages show the same, volatile texts and figures aside: a cheap test for two runs of one side. */
export function sameState(a: PageModel, b: PageModel): boolean {
  if (a === b) return true;
  return fingerprint(a) === fingerprint(b);
}

const known = new WeakMap<PageModel, string>();

function fingerprint(model: PageModel): string {
  const before = known.get(model);
  if (before !== undefined) return before;
  const atoms = readAtoms(model).map(({ kind, text, value, node }) => {
    const { checked, disabled, expanded, selected, pressed, invalid } = node.states;
    return [
      kind,
      templateText(text),
      templateText(value ?? ''),
      checked,
      disabled,
      expanded,
      selected,
      pressed,
      invalid,
    ].join('|');
  });
  const path = URL.canParse(model.url)
    ? templateText(new URL(model.url).pathname + new URL(model.url).hash)
    : model.url;
  const text = [path, templateText(model.title), String(model.isHung), ...atoms].join('\n');
  known.set(model, text);
  return text;
}
