import type { Step } from '../../domain/flow.ts';
import { type Action, type Draft, LAST, type Page, pageOf, toAction } from './action.ts';
import { chosenOption, fieldValues } from './field-values.ts';
import { fillForm, findForms, LEAVES } from './forms.ts';
import { describeGroups, type NodePlace, SIGN } from './groups.ts';
import { keysAndHistory, TYPED } from './keys-and-history.ts';
import { openedChoices } from './opened-choices.ts';
import { type PageModel, type PageNode, takesClicks, walkDocument, walkNodes } from './page-model.ts';
import { searchWords } from './search-words.ts';
import { shownCredentials } from './shown-credentials.ts';
import { indexTargets, type RoleTarget } from './targets.ts';

export interface ActionOptions {
  /** Whether a link or a button must not be touched. */
  readonly isForbidden: (node: PageNode) => boolean;
  /** Words seen in the product that might be typed, such as codes. */
  readonly vocabulary: readonly string[];
  /** What the page showed before the last action; absent when it is not known. */
  readonly before?: PageModel;
}

const CLICKABLE = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'treeitem',
]);
/** Controls that may send something: pressed twice in a row, they must not send it twice. */
const SENDS =
  /^\W*(?:add|save|submit|send|create|place|pay|order|buy|confirm|apply|book|post|sign up|register)\b/i;
/** Links and buttons that lead on in what one has begun. */
const CONTINUES = /^\W*(?:continue|next|proceed|check.?out|go to (?:check.?out|payment)|weiter|zur kasse)\b/i;
/** A text that says with a sign that it opens something. */
const OPENS = /[▾▼▿⌄⌵⏷▸▶►⋮⋯]\s*$/u;
/** Options of one list that are chosen. */
const MAX_OPTIONS = 6;

/** Everything that can be tried in this state, in document order; then the forms, the keys and the history. */
export function listActions(model: PageModel, options: ActionOptions): readonly Action[] {
  const targets = indexTargets(model);
  const places = describeGroups(model);
  const words = searchWords(model);
  const texts = countTexts(model);
  const page = pageOf(model);
  const choices = options.before === undefined ? new Set<PageNode>() : openedChoices(model, options.before);
  const drafts: Draft[] = [];
  for (const node of walkDocument(model.nodes)) {
    const place = places.get(node);
    if (place === undefined || node.states.disabled === true || options.isForbidden(node)) continue;
    const target = targets.get(node);
    if (target === undefined) {
      const byText = clickByText(node, place, { texts, choices, isForbidden: options.isForbidden });
      drafts.push(...(byText === undefined ? onItem(place) : [byText]));
    } else if (TYPED.has(node.role))
      drafts.push(...typing({ node, target, place }, { ...options, found: words }));
    else if (CLICKABLE.has(node.role) || (takesClicks(node) && !place.isInsideClickable)) {
      drafts.push(...clicking({ node, target, place }));
    } else if (place.itemText !== undefined) drafts.push(...onItem(place));
  }
  const forms = findForms(model);
  const hasPassword = forms.some(({ fields }) => fields.some(({ field }) => field?.type === 'password'));
  const knowledge = {
    vocabulary: options.vocabulary,
    credentials: hasPassword ? shownCredentials(model) : undefined,
  };
  for (const form of forms) {
    if (options.isForbidden(form.button)) continue;
    const asked = form.fields.length > 0 ? form.fields : form.choices;
    const what = `${asked.map((field) => field.name).join(',')}|${form.button.name}`;
    const group = places.get(form.button)?.group ?? '';
    for (const { steps, value, isOdd } of fillForm(form, targets, knowledge))
      drafts.push({ steps, kind: 'form', what, group, value, isOdd });
  }
  if (model.hasMoreBelow === true)
    drafts.push({ steps: [{ scroll: 'end' }], kind: 'scroll', what: `end|${page.kind}`, group: '' });
  return firstOfEach([...drafts, ...keysAndHistory(model, places)], page);
}

/** Of several with one key the first, and of clicks the last as well: what is between is tried no otherwise. */
function firstOfEach(drafts: readonly Draft[], page: Page): readonly Action[] {
  const byKey = new Map<string, Action>();
  for (const draft of drafts) {
    const action = toAction(draft, page);
    if (!byKey.has(action.key)) byKey.set(action.key, action);
    else if (draft.kind === 'click') {
      const last = toAction({ ...draft, what: `${draft.what}${LAST}` }, page);
      byKey.set(last.key, last);
    }
  }
  return [...byKey.values()];
}

interface TypingOptions extends ActionOptions {
  /** Words to search for. */
  readonly found: readonly string[];
}

interface Found {
  readonly node: PageNode;
  readonly target: RoleTarget;
  readonly place: NodePlace;
}

function clicking({ node, target, place }: Found): readonly Draft[] {
  // An option of a native list is chosen through its list.
  if (node.role === 'option' && node.ref === undefined) return [];
  const { group } = place;
  if (node.role === 'radio' && node.field !== undefined) {
    // Of several of which one is chosen, each is another value.
    const what = `radio|${node.field.hint.split(' ')[0] ?? ''}`;
    return [{ steps: [{ click: target }], kind: 'click', what, group, value: place.nameKey }];
  }
  const what = `${node.role}|${place.nameKey}`;
  const leads =
    SENDS.test(node.name) || CONTINUES.test(node.name) ? 'on' : LEAVES.test(node.name) ? 'out' : undefined;
  const click: Draft = {
    steps: [{ click: target }],
    kind: 'click',
    what,
    group,
    ...(leads === undefined ? {} : { leads }),
  };
  if (node.role !== 'button' || !SENDS.test(node.name)) return [click];
  return [click, { steps: [{ doubleClick: target }], kind: 'double', what, group }];
}

interface TextOptions extends Pick<ActionOptions, 'isForbidden'> {
  /** Of nodes with the same text, which one each is. */
  readonly texts: ReadonlyMap<PageNode, number>;
  readonly choices: ReadonlySet<PageNode>;
}

/** A thing that looks clickable without a role is addressed by its own text, else by the first text inside. */
function clickByText(
  node: PageNode,
  { isInsideClickable, nameKey, group, choice }: NodePlace,
  { texts, choices, isForbidden }: TextOptions,
): Draft | undefined {
  if (node.role !== 'generic') return undefined;
  // Whatever it stands in, a sign alone is a button: ⋯ for a menu, × to close.
  const isSure = SIGN.test(node.text) || OPENS.test(node.text) || choices.has(node);
  if (!isSure && (!takesClicks(node) || isInsideClickable)) return undefined;
  const said = node.text === '' && node.name === '' ? firstText(node) : node;
  if (said === undefined || isForbidden(said)) return undefined;
  const name = said.text === '' ? said.name : said.text;
  if (name.length > 60) return undefined;
  const nth = texts.get(said) ?? 0;
  const target = nth === 0 ? { name } : { name, nth };
  const click: Draft = { steps: [{ click: target }], kind: 'click', what: `text|${nameKey}`, group };
  return choice === undefined ? click : { ...click, what: 'text|choice', value: choice };
}

/** The first text inside a block that holds no control. */
function firstText(block: PageNode): PageNode | undefined {
  const inside = [...walkNodes(block.children)];
  if (inside.some(({ role }) => CLICKABLE.has(role) || TYPED.has(role))) return undefined;
  return inside.find(({ role, text }) => role !== 'text' && text !== '' && !SIGN.test(text));
}

/** Of nodes with the same text, which one each is, in document order. */
function countTexts(model: PageModel): ReadonlyMap<PageNode, number> {
  const counts = new Map<string, number>();
  const places = new Map<PageNode, number>();
  for (const node of walkDocument(model.nodes)) {
    if (node.role === 'text' || node.text === '') continue;
    const count = counts.get(node.text) ?? 0;
    places.set(node, count);
    counts.set(node.text, count + 1);
  }
  return places;
}

function typing({ node, target, place }: Found, { vocabulary, found }: TypingOptions): readonly Draft[] {
  const { field } = node;
  if (field?.isReadOnly === true || field?.type === 'file' || field?.type === 'password') return [];
  const what = `${node.role}|${place.nameKey}`;
  const { group } = place;
  if (field?.options !== undefined) {
    const current = chosenOption(node);
    return field.options
      .filter((option) => option !== '' && option !== current)
      .slice(0, MAX_OPTIONS)
      .map((option) => ({
        steps: [{ select: { field: target, option } }],
        kind: 'select',
        what,
        group,
        value: option,
      }));
  }
  // A combobox without a field behind it is a button that opens a list.
  if (node.role === 'combobox' && field === undefined) return clicking({ node, target, place });
  return fieldValues(node, vocabulary, found).flatMap(({ name, value, sendsWell, isOdd }, index) => {
    const fill: Step = { fill: { field: target, value } };
    const typed: Draft = { steps: [fill], kind: 'type', what, group, value: name, isOdd };
    const undone: Draft = { ...typed, steps: [fill, { press: 'Escape' }], what: `${what}|Escape` };
    const all = index === 0 ? [typed, undone] : [typed];
    if (!sendsWell || field?.type === 'textarea') return all;
    return [...all, { ...typed, steps: [fill, { press: 'Enter' }], kind: 'submit' }];
  });
}

/** Items of a list may hide their controls until they are pointed at, or open by a double click. */
function onItem({ itemText, group }: NodePlace): readonly Draft[] {
  if (itemText === undefined) return [];
  const target = { name: itemText };
  return [
    { steps: [{ doubleClick: target }], kind: 'double', what: 'item', group },
    { steps: [{ hover: target }], kind: 'hover', what: 'item', group },
  ];
}
