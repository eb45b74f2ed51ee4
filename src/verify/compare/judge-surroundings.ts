import type { PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import { pathOn, type Site } from '../site.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { diverge, notBefore, type Scene } from './scene.ts';
import { cut, foldNumbers, isErrorLike, isUnreadable } from './text-facts.ts';

/** Judges what belongs to a page beside its content: pictures, title, storage, focus, and how long it was busy. */
export function judgeSurroundings(scene: Scene): readonly Divergence[] {
  return [
    ...judgeImages(scene),
    ...judgeTitle(scene),
    ...judgeStorage(scene),
    ...judgeFocus(scene),
    ...judgeBusy(scene),
  ];
}

function judgeImages({ before, after, sites }: Scene): readonly Divergence[] {
  const templates = (model: PageModel | undefined, site: Site): readonly string[] =>
    (model?.brokenImages ?? []).map((url) => templateText(pathOn(site, url) ?? url));
  const broken = notBefore(
    notBefore(templates(after.head, sites.head), templates(after.base, sites.base), (path) => path),
    templates(before?.head, sites.head),
    (path) => path,
  );
  const [first] = broken;
  if (first === undefined) return [];
  return [
    diverge({
      kind: 'image',
      about: first,
      category: 'visual',
      severity: 'medium',
      source: 'broken-image',
      what:
        broken.length > 1 ? `${broken.length} images do not load` : `the image ${cut(first)} does not load`,
      expected: 'an image that loads',
      actual: broken.slice(0, 3).join(', '),
    }),
  ];
}

function judgeTitle({ before, after, knowledge, isFresh }: Scene): readonly Divergence[] {
  const [base, head] = [after.base.title, after.head.title];
  if (base === head || (before?.base.title === base && before.head.title === head)) return [];
  const isWording =
    foldNumbers(base) !== foldNumbers(head) &&
    !knowledge.base.titles.has(foldNumbers(head)) &&
    !knowledge.head.titles.has(foldNumbers(base)) &&
    !isUnreadable(head) &&
    head !== '' &&
    (isFresh || !isErrorLike(head));
  if (isWording) return [];
  return [
    diverge({
      kind: 'title',
      about: templateText(base),
      severity: 'low',
      source: 'page-title',
      what: `the title is “${cut(head)}” instead of “${cut(base)}”`,
      expected: base,
      actual: head,
    }),
  ];
}

/** The base begins to store something at this step and the head stores nothing. Another key is no fault. */
function judgeStorage({ before, after }: Scene): readonly Divergence[] {
  if (before === undefined) return [];
  const fresh = (now: PageModel, then: PageModel): readonly string[] =>
    now.storageKeys.filter((key) => !then.storageKeys.includes(key));
  const key = fresh(after.base, before.base).find((one) => !after.head.storageKeys.includes(one));
  const isOther = after.head.storageKeys.some((one) => !after.base.storageKeys.includes(one));
  if (key === undefined || isOther) return [];
  return [
    diverge({
      kind: 'storage',
      about: templateText(key),
      severity: 'medium',
      source: 'not-stored',
      what: `nothing is stored under “${cut(key)}”`,
      expected: key,
      actual: 'nothing stored',
    }),
  ];
}

/** The base puts the focus somewhere and the head does not. Where it was before, or on what was pressed, says nothing. */
function judgeFocus({ before, after, step }: Scene): readonly Divergence[] {
  const { focus } = after.base;
  if (before === undefined || focus === undefined || focus.name === '') return [];
  const isSame = (one: typeof focus | undefined): boolean =>
    one?.name === focus.name && one.role === focus.role;
  if (
    isSame(before.base.focus) ||
    isSame(after.head.focus) ||
    JSON.stringify(step).includes(JSON.stringify(focus.name))
  )
    return [];
  const isThere = readAtoms(after.head).some(({ role, text }) => role === focus.role && text === focus.name);
  if (!isThere || (after.head.focus !== undefined && after.head.focus.role !== before.head.focus?.role))
    return [];
  return [
    diverge({
      kind: 'focus',
      about: `${focus.role}|${focus.name}`,
      category: 'accessibility',
      severity: 'low',
      source: 'focus',
      what: `the focus is not put on the ${focus.role} “${cut(focus.name)}”`,
      expected: `${focus.role} “${focus.name}”`,
      actual:
        after.head.focus === undefined ? 'no focus' : `${after.head.focus.role} “${after.head.focus.name}”`,
    }),
  ];
}

const SLOW_MS = 2_000;

function judgeBusy({ after }: Scene): readonly Divergence[] {
  const [base, head] = [after.base.busyMs, after.head.busyMs];
  if (head < base + SLOW_MS || head < 4 * base) return [];
  return [
    diverge({
      kind: 'slow',
      about: 'busy',
      category: 'flow',
      severity: 'medium',
      source: 'slow',
      what: `the page is busy for ${(head / 1000).toFixed(1)} s instead of ${(base / 1000).toFixed(1)} s`,
      expected: `${(base / 1000).toFixed(1)} s`,
      actual: `${(head / 1000).toFixed(1)} s`,
    }),
  ];
}
