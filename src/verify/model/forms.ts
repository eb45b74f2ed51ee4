import type { Step } from '../../domain/flow.ts';
import { fieldValues } from './field-values.ts';
import { type PageModel, type PageNode, walkNodes } from './page-model.ts';
import type { RoleTarget } from './targets.ts';

/** Fields that belong together, and the button that sends them. */
export interface FormLike {
  readonly fields: readonly PageNode[];
  readonly button: PageNode;
}

const FIELDS = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox']);
/** Buttons that leave a form without sending it. */
const LEAVES = /cancel|close|reset|clear|back|previous|discard|abbrechen|zurück|^[×✕xX]$/i;
const SENDS =
  /save|submit|send|add|create|next|continue|apply|place|book|pay|search|sign|log ?in|register|update|confirm|ok\b/i;
const TEST_PASSWORD = 'Correct-horse-7';

/** The smallest parts of a page that hold two fields or more and a button to send them. */
export function findForms(model: PageModel): readonly FormLike[] {
  const forms: FormLike[] = [];
  for (const node of model.nodes) collect(node, forms);
  return forms;
}

function collect(node: PageNode, forms: FormLike[]): boolean {
  const before = forms.length;
  for (const child of node.children) collect(child, forms);
  if (forms.length > before) return true;
  const inside = [...walkNodes([node])];
  const fields = inside.filter((one) => FIELDS.has(one.role) && one.field?.isReadOnly !== true);
  const button = chooseButton(inside);
  if (fields.length < 2 || button === undefined) return false;
  forms.push({ fields: fields.slice(0, 15), button });
  return true;
}

function chooseButton(nodes: readonly PageNode[]): PageNode | undefined {
  const buttons = nodes.filter((node) => node.role === 'button' && !LEAVES.test(node.name));
  return buttons.find((button) => SENDS.test(button.name)) ?? buttons.at(-1);
}

/** Fills every empty field with a realistic value and presses the button; undefined when there is nothing to fill. */
export function fillForm(
  { fields, button }: FormLike,
  targets: ReadonlyMap<PageNode, RoleTarget>,
  vocabulary: readonly string[],
): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const node of fields) {
    const field = targets.get(node);
    if (field === undefined || node.states.disabled === true) continue;
    const options = node.field?.options?.filter((option) => option !== '') ?? [];
    const [first, second] = options;
    if (first !== undefined) {
      steps.push({ select: { field, option: second ?? first } });
    } else if (node.text === '' && node.field?.type === 'password') {
      steps.push({ fill: { field, value: TEST_PASSWORD } });
    } else if (node.text === '' && node.field !== undefined) {
      const value = fieldValues(node, vocabulary).find((one) => one.value.trim() !== '')?.value;
      if (value !== undefined) steps.push({ fill: { field, value } });
    }
  }
  const target = targets.get(button);
  if (steps.length === 0 || target === undefined) return undefined;
  return [...steps, { click: target }];
}
