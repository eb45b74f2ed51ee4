import type { Target } from './flow.ts';

export type Purpose = 'click' | 'fill' | 'select' | 'see';

/** One way to look for elements; `name` absent: of any name. */
export type Reading =
  | {
      readonly by: 'role';
      readonly roles: readonly string[];
      readonly name?: string;
      readonly exact: boolean;
    }
  | {
      readonly by: 'text' | 'label' | 'placeholder' | 'title';
      readonly name: string;
      readonly exact: boolean;
    }
  | { readonly by: 'testId' | 'css'; readonly name: string };

const CLICKABLE = [
  'button',
  'link',
  'menuitem',
  'tab',
  'checkbox',
  'radio',
  'switch',
  'option',
  'menuitemcheckbox',
  'menuitemradio',
  'treeitem',
];
const FILLABLE = ['textbox', 'searchbox', 'spinbutton', 'combobox', 'slider'];
const CHOOSABLE = ['combobox', 'listbox'];
const SEEN = [...CLICKABLE, ...FILLABLE, 'heading', 'img', 'dialog', 'alert', 'region'];

/**
 * The ways to read a target, surest first: the first that shows a visible element is what the target means. A role with
 * a name means exactly that name, a bare name may be a part of what is shown. `nth` and `within` are the caller's to apply.
 */
export function readingsOf(target: Target, purpose: Purpose): readonly Reading[] {
  if (typeof target === 'string') return readingsOfName(target, purpose);
  if ('testId' in target) return [{ by: 'testId', name: target.testId }];
  if ('css' in target) return [{ by: 'css', name: target.css }];
  const { role, name, nth } = target;
  if (role !== undefined)
    return [{ by: 'role', roles: [role], ...(name === undefined ? {} : { name }), exact: true }];
  // Which of several is meant would otherwise depend on the reading.
  if (nth !== undefined) return textsOf(name ?? '');
  return readingsOfName(name ?? '', purpose);
}

/**
 * A text as it is shown, then without the signs at its ends: an arrow or a bullet that a style sheet adds is read out, but is
 * no part of the document.
 */
function textsOf(name: string): readonly Reading[] {
  const bare = name.replace(/^[^\p{L}\p{N}]+\s|\s[^\p{L}\p{N}]+$/gu, '').trim();
  const names = bare === '' || bare === name ? [name] : [name, bare];
  return names.map((one) => ({ by: 'text', name: one, exact: true }));
}

function readingsOfName(name: string, purpose: Purpose): readonly Reading[] {
  const role = (roles: readonly string[], exact: boolean): Reading => ({ by: 'role', roles, name, exact });
  const other = (by: 'text' | 'label' | 'placeholder' | 'title', exact: boolean): Reading => ({
    by,
    name,
    exact,
  });
  switch (purpose) {
    case 'click':
      return [
        role(CLICKABLE, true),
        ...textsOf(name),
        role(CLICKABLE, false),
        other('text', false),
        other('label', false),
        other('title', false),
      ];
    case 'fill':
      return [
        role(FILLABLE, true),
        other('label', true),
        other('placeholder', true),
        role(FILLABLE, false),
        other('label', false),
        other('placeholder', false),
      ];
    case 'select':
      return [role(CHOOSABLE, true), other('label', true), role(CHOOSABLE, false), other('label', false)];
    case 'see':
      return [role(SEEN, true), other('text', true), other('text', false), other('label', false)];
    default:
      return purpose satisfies never;
  }
}
