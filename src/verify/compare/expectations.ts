import type { Expectation } from '../../domain/flow.ts';
import { type PageModel, walkNodes } from '../model/page-model.ts';
import { foldSpace } from '../model/template-text.ts';
import type { Atom } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Moment } from './transition.ts';

/** A control of the base that the head has not. */
export function expectPresent(moment: Moment, atom: Atom): Expectation | undefined {
  const role = targetRole(atom);
  if (role === undefined) return expectText(moment, atom);
  const counts = { base: countOf(moment.base, role, atom.text), head: countOf(moment.head, role, atom.text) };
  if (counts.head >= counts.base || atom.text === '') return expectText(moment, atom);
  if (counts.head === 0) return { visible: { role, name: atom.text, nth: 0 } };
  return { count: { of: { role, name: atom.text }, is: counts.base } };
}

/** Something on the head that the base has not. */
export function expectAbsent(moment: Moment, atom: Atom): Expectation | undefined {
  const role = targetRole(atom);
  if (role !== undefined && atom.text !== '') {
    const counts = {
      base: countOf(moment.base, role, atom.text),
      head: countOf(moment.head, role, atom.text),
    };
    if (counts.base === 0 && counts.head > 0) return { hidden: { role, name: atom.text, nth: 0 } };
    if (counts.base !== counts.head) return { count: { of: { role, name: atom.text }, is: counts.base } };
  }
  const text = atom.text.slice(0, 120);
  if (text.length < 2 || anyText(moment.base).includes(text)) return undefined;
  return shownText(moment.head).includes(text) ? { notText: text } : undefined;
}

/** A link to an address on the site that nothing on the head leads to. */
export function expectLink(moment: Moment, { node: { url = '' } }: Atom): Expectation | undefined {
  const isPortable = /^[/?#\w][^"\\]*$/.test(url) && !/^[a-z][\w+.-]*:|^\/\//i.test(url);
  const isOnHead = [...walkNodes(moment.head.nodes)].some((node) => node.url === url);
  return isPortable && !isOnHead ? { visible: { css: `a[href="${url}"]` } } : undefined;
}

/** Another number of list items or rows. */
export function expectItems(moment: Moment, atom: Atom | undefined): Expectation | undefined {
  const role = atom?.item?.node.role;
  if (role === undefined || role === 'generic') return undefined;
  const counts = { base: countOf(moment.base, role), head: countOf(moment.head, role) };
  return counts.base === counts.head ? undefined : { count: { of: { role }, is: counts.base } };
}

/** Words of the base that the head does not show; with what stands before them where they alone do not tell. */
export function expectText(moment: Moment, atom: Atom): Expectation | undefined {
  const head = anyText(moment.head);
  const shown = shownText(moment.base);
  const atoms = readAtoms(moment.base);
  const index = atoms.indexOf(atom);
  const previous = index > 0 ? atoms[index - 1] : undefined;
  const next = index >= 0 ? atoms[index + 1] : undefined;
  const candidates = [
    atom.text.slice(0, 120),
    ...(previous?.kind === 'words' ? [`${previous.text} ${atom.text}`] : []),
    ...(next?.kind === 'words' ? [`${atom.text} ${next.text}`] : []),
  ];
  const text = candidates.find((one) => one.length > 1 && shown.includes(one) && !head.includes(one));
  return text === undefined ? undefined : { text };
}

/** Two neighbouring entries of the list that `atom` stands in, as the base shows them one after the other. */
export function expectOrder(moment: Moment, { item }: Atom): Expectation | undefined {
  const head = anyText(moment.head);
  const atoms = readAtoms(moment.base);
  for (const [index, next] of atoms.entries()) {
    const atom = atoms[index - 1];
    if (atom?.kind !== 'words' || next.kind !== 'words' || atom.item === next.item) continue;
    if (item === undefined || next.item?.listIndex !== item.listIndex) continue;
    const text = `${atom.text} ${next.text}`;
    if (atom.item?.listIndex === item.listIndex && text.length <= 120 && !head.includes(text))
      return { text };
  }
  return undefined;
}

/** What a field holds on the base. */
export function expectValue(moment: Moment, atom: Atom): Expectation | undefined {
  const field = targetOf(moment.base, atom);
  if (field === undefined || atom.role === 'combobox' || (atom.value ?? '').includes('•')) return undefined;
  return { value: { field, is: atom.value ?? '' } };
}

/** Names an atom as steps do: role, exact name, and which of several. */
export function targetOf(
  model: PageModel,
  atom: Atom,
): { role: string; name?: string; nth: number } | undefined {
  const role = targetRole(atom);
  const { name } = atom.node;
  if (role === undefined) return undefined;
  let nth = 0;
  for (const node of walkNodes(model.nodes)) {
    if (node === atom.node) return name === '' ? { role, nth } : { role, name, nth };
    if (node.role === role && (name === '' || node.name === name)) nth += 1;
  }
  return undefined;
}

function targetRole({ kind, role }: Atom): string | undefined {
  if (role === 'generic' || role === 'text' || role === 'option') return undefined;
  if (kind === 'words') return role === 'heading' ? role : undefined;
  return role;
}

function countOf(model: PageModel, role: string, name?: string): number {
  let count = 0;
  for (const node of walkNodes(model.nodes)) {
    if (node.role === role && (name === undefined || foldSpace(node.name) === name)) count += 1;
  }
  return count;
}

/** What surely stands in the text of the page. */
function shownText(model: PageModel): string {
  return readAtoms(model)
    .filter(({ kind }) => kind === 'words')
    .map(({ text }) => text)
    .join(' ');
}

/** What may stand in it: names and values too. */
function anyText(model: PageModel): string {
  return readAtoms(model)
    .map(({ text, value }) => (value === undefined ? text : `${text} ${value}`))
    .join(' ');
}
