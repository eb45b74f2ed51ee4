import type { Step } from '../../domain/flow.ts';
import { chosenOption, type FieldValue, fieldValues } from './field-values.ts';
import { choicesToMake } from './form-choices.ts';
import { type PageModel, type PageNode, walkNodes } from './page-model.ts';
import type { ShownCredentials } from './shown-credentials.ts';
import type { RoleTarget } from './targets.ts';

/** Fields that belong together, and the button that sends them. */
export interface FormLike {
  readonly fields: readonly PageNode[];
  /** Radio buttons and boxes to be pressed first. */
  readonly choices: readonly PageNode[];
  readonly button: PageNode;
}

const FIELDS = new Set(['textbox', 'searchbox', 'spinbutton', 'combobox']);
const DIALOGS = new Set(['dialog', 'alertdialog']);
/** Buttons that leave a form without sending it. */
export const LEAVES = /cancel|close|reset|clear|back|previous|discard|abbrechen|zurück|^[×✕xX]$/i;
const SENDS =
  /save|submit|send|add|create|next|continue|apply|place|book|pay|search|sign|log ?in|register|update|confirm|ok\b/i;
/** Nodes of a part in which a field and a button surely belong together. */
const MAX_SMALL = 60;
const TEST_PASSWORD = 'Correct-horse-7';

/**
 * The smallest parts of a page that hold two fields or more and a button to send them; or a button that says that it sends,
 * and choices to be made, or, in a small part, a single field; in a dialog the only button beside a single field.
 */
export function findForms(model: PageModel): readonly FormLike[] {
  const forms: FormLike[] = [];
  for (const node of model.nodes) collect(node, forms, false);
  return forms;
}

function collect(node: PageNode, forms: FormLike[], isInside: boolean): boolean {
  const before = forms.length;
  const isInDialog = isInside || DIALOGS.has(node.role);
  for (const child of node.children) collect(child, forms, isInDialog);
  if (forms.length > before) return true;
  const inside = [...walkNodes([node])];
  const fields = inside.filter((one) => FIELDS.has(one.role) && one.field?.isReadOnly !== true);
  const button = chooseButton(inside);
  const choices = choicesToMake(inside);
  const isChoosing = button !== undefined && choices.length > 0 && SENDS.test(button.name);
  if (
    button === undefined ||
    !(fields.length > 1 || isChoosing || isSmallForm(inside, fields, { button, isInDialog }))
  )
    return false;
  forms.push({ fields: fields.slice(0, 15), choices: choices.slice(0, 5), button });
  return true;
}

/** In a dialog the only button that does not leave it sends what was asked for, such as “Return” with a reason. */
function isSmallForm(
  nodes: readonly PageNode[],
  [field]: readonly PageNode[],
  { button, isInDialog }: { readonly button: PageNode; readonly isInDialog: boolean },
): boolean {
  const others = nodes.filter(({ role, name }) => role === 'button' && !LEAVES.test(name));
  const isSure = SENDS.test(button.name) || (isInDialog && others.length === 1);
  return field?.role === 'textbox' && isSure && nodes.length <= MAX_SMALL;
}

function chooseButton(nodes: readonly PageNode[]): PageNode | undefined {
  const buttons = nodes.filter((node) => node.role === 'button' && !LEAVES.test(node.name));
  return buttons.find((button) => SENDS.test(button.name)) ?? buttons.at(-1);
}

/** One way to fill a form and to send it. */
export interface Filling {
  readonly steps: readonly Step[];
  /** Class of what is typed: `usual`, or which field has an odd value. */
  readonly value: string;
  readonly isOdd: boolean;
}

interface FormField {
  readonly field: RoleTarget;
  readonly node: PageNode;
}

/** What is known of what could be typed. */
export interface FormKnowledge {
  readonly vocabulary: readonly string[];
  /** For a form with a password. */
  readonly credentials?: ShownCredentials | undefined;
}

/**
 * Makes the choices, chooses in every list, fills every empty field with a realistic value and presses the button; where all are filled
 * already, it changes the first. Then the same with one field empty or odd. Empty when there is nothing to fill.
 */
export function fillForm(
  { fields, choices, button }: FormLike,
  targets: ReadonlyMap<PageNode, RoleTarget>,
  knowledge: FormKnowledge,
): readonly Filling[] {
  const open = fields.flatMap((node): FormField[] => {
    const field = targets.get(node);
    return field === undefined || node.states.disabled === true ? [] : [{ field, node }];
  });
  const target = targets.get(button);
  const isChoice = ({ node }: FormField): boolean => node.field?.options !== undefined;
  const isEmpty = ({ node }: FormField): boolean => node.text === '';
  const typed = open.filter((one) => !isChoice(one));
  const toType = typed.some(isEmpty) ? typed.filter(isEmpty) : typed.slice(0, 1);
  const usual = new Map<FormField, Step>();
  for (const one of open.filter((field) => isChoice(field) || toType.includes(field))) {
    const step = knownStep(one, open, knowledge) ?? usualStep(one, knowledge.vocabulary);
    if (step !== undefined) usual.set(one, step);
  }
  const pressed = choices.flatMap((node): Step[] => {
    const choice = targets.get(node);
    return choice === undefined ? [] : [{ click: choice }];
  });
  if (usual.size + pressed.length === 0 || target === undefined) return [];
  const send: Step = { click: target };
  // What a single field is sent with, its Enter key tries as well.
  const odd = (open.length === 1 ? [] : open).flatMap((one) =>
    oddValues(one.node).map(({ name, value }) => ({
      steps: [...pressed, ...new Map(usual).set(one, { fill: { field: one.field, value } }).values(), send],
      value: `${one.node.name} ${name}`,
      isOdd: true,
    })),
  );
  return [{ steps: [...pressed, ...usual.values(), send], value: 'usual', isOdd: false }, ...odd];
}

/** The name and the password that the page itself tells to its visitors. */
function knownStep(
  { node, field }: FormField,
  fields: readonly FormField[],
  { credentials }: FormKnowledge,
): Step | undefined {
  if (credentials === undefined) return undefined;
  const isSecret = ({ node: { field: facts } }: FormField): boolean => facts?.type === 'password';
  if (isSecret({ node, field })) return { fill: { field, value: credentials.password } };
  const first = fields.find((one) => !isSecret(one));
  const isUser = first?.node === node && fields.length === 2 && fields.some(isSecret);
  return isUser && credentials.user !== undefined ? { fill: { field, value: credentials.user } } : undefined;
}

function usualStep({ node, field }: FormField, vocabulary: readonly string[]): Step | undefined {
  const current = chosenOption(node);
  const options = node.field?.options?.filter((option) => option !== '') ?? [];
  const option = options.slice(1).find((one) => one !== current) ?? options[0];
  if (option !== undefined) return { select: { field, option } };
  if (node.field === undefined) return undefined;
  if (node.field.type === 'password') return { fill: { field, value: TEST_PASSWORD } };
  const value = fieldValues(node, vocabulary).find((one) => one.value.trim() !== '')?.value;
  return value === undefined ? undefined : { fill: { field, value } };
}

/** Values for one field of a form that is otherwise filled as usual. */
function oddValues(node: PageNode): readonly FieldValue[] {
  if (node.field?.options !== undefined || node.field?.type === 'password') return [];
  return fieldValues(node, []).filter((one) => one.isOdd);
}
