import type { PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import { foldIds, type SentRequest } from '../shrink/sent-request.ts';
import { pathOn, pathTemplate, type Site } from '../site.ts';
import type { Divergence } from './divergence.ts';
import { causeText, diverge, type Scene } from './scene.ts';
import { contradict, cut, foldNumbers, isErrorLike, isUnreadable } from './text-facts.ts';

/** Judges what a step did besides changing the page: requests, browser dialogs, windows, downloads. */
export function judgeEffects(scene: Scene): readonly Divergence[] {
  return [...judgeRequests(scene), ...judgeDialogs(scene), ...judgePopups(scene), ...judgeDownloads(scene)];
}

const MUTATING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A change that the base sends to its server and the head does not, or sends again. Another path is no fault. */
function judgeRequests({ after, sites }: Scene): readonly Divergence[] {
  const [base, head] = [mutations(after.base, sites.base), mutations(after.head, sites.head)];
  const [first] = base.length > 0 ? base : head;
  if (first === undefined || base.length === 0) return [];
  const times = (list: typeof base): number =>
    list.filter(({ path, method }) => path === first.path && method === first.method).length;
  // What our policy refused was sent all the same; where to is judged elsewhere.
  if (head.length === 0 && after.head.blocked.some(({ kind }) => kind === 'request')) return [];
  if (head.length === 0) {
    return [
      diverge({
        kind: 'request',
        about: `unsent|${first.method}|${first.path}`,
        category: 'flow',
        severity: 'high',
        source: 'request-not-sent',
        what: `nothing is sent to the server, the base sends ${first.method} ${cut(first.path)}`,
        expected: `${first.method} ${first.path}`,
        actual: 'no request',
        sends: { ...first.sent, times: times(base) },
      }),
    ];
  }
  if (times(head) <= times(base)) return [];
  return [
    diverge({
      kind: 'request',
      about: `repeated|${first.method}|${first.path}`,
      severity: 'high',
      source: 'request-repeated',
      what: `${first.method} ${cut(first.path)} is sent ${times(head)} times instead of ${times(base)}`,
      expected: `${times(base)} × ${first.method} ${first.path}`,
      actual: `${times(head)} × ${first.method} ${first.path}`,
      sends: { ...first.sent, times: times(base) },
    }),
  ];
}

interface Mutation {
  readonly method: string;
  readonly path: string;
  readonly sent: Pick<SentRequest, 'method' | 'path'>;
}

function mutations({ requests }: PageModel, site: Site): readonly Mutation[] {
  return requests.flatMap(({ method, url, resource }) => {
    const path = pathOn(site, url);
    if (!MUTATING.has(method.toUpperCase()) || path === undefined || resource === 'ping') return [];
    const sent = { method: method.toUpperCase(), path: foldIds(path) };
    return { method: sent.method, path: pathTemplate(path), sent };
  });
}

function judgeDialogs({ after, knowledge }: Scene): readonly Divergence[] {
  const left = after.head.dialogs.slice();
  const lost = after.base.dialogs.filter((dialog) => {
    const at = left.findIndex(
      ({ kind, message }) => kind === dialog.kind && isSameMessage(dialog.message, message),
    );
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  const [gone, come] = [lost[0], left[0]];
  const dialog = gone ?? come;
  if (dialog === undefined) return [];
  const show = (one: typeof dialog | undefined): string =>
    one === undefined ? 'no dialog' : `${one.kind}: ${cut(one.message, 80)}`;
  return [
    diverge({
      kind: 'dialog',
      about: `${dialog.kind}|${causeText(knowledge, dialog.message)}`,
      category: 'flow',
      severity: 'medium',
      source: 'dialog',
      what:
        gone === undefined
          ? `a dialog opens: “${cut(dialog.message, 80)}”`
          : come === undefined
            ? `the dialog “${cut(dialog.message, 80)}” does not open`
            : `the dialog says “${cut(come.message, 70)}” instead of “${cut(gone.message, 70)}”`,
      expected: show(gone),
      actual: show(come),
    }),
  ];
}

/** Another wording of a message keeps its figures and its meaning. */
function isSameMessage(base: string, head: string): boolean {
  if (foldNumbers(base) === foldNumbers(head)) return base.replace(/\s+/g, ' ') === head.replace(/\s+/g, ' ');
  return isErrorLike(base) === isErrorLike(head) && !contradict(base, head) && !isUnreadable(head);
}

function judgePopups({ after, sites }: Scene): readonly Divergence[] {
  const [base, head] = [after.base.popups, after.head.popups];
  if (base.length === head.length) return [];
  const show = (site: Site, url: string | undefined): string =>
    url === undefined ? 'no window' : (pathOn(site, url) ?? url);
  const shown = { base: show(sites.base, base[0]), head: show(sites.head, head[0]) };
  return [
    diverge({
      kind: 'popup',
      about:
        base.length > head.length
          ? `unopened|${templateText(shown.base)}`
          : `opened|${templateText(shown.head)}`,
      category: 'flow',
      severity: 'medium',
      source: 'window',
      what:
        base.length > head.length
          ? `no window opens with ${cut(shown.base)}`
          : `a window opens with ${cut(shown.head)}`,
      expected: shown.base,
      actual: shown.head,
    }),
  ];
}

function judgeDownloads({ after }: Scene): readonly Divergence[] {
  const suffix = (name: string): string => /\.\w+$/.exec(name)?.[0].toLowerCase() ?? '';
  const [base, head] = [after.base.downloads, after.head.downloads];
  if (String(base.map(suffix)) === String(head.map(suffix))) return [];
  const show = (names: readonly string[]): string => (names.length === 0 ? 'no file' : names.join(', '));
  return [
    diverge({
      kind: 'download',
      about: templateText(base[0] ?? head[0] ?? ''),
      category: 'flow',
      severity: 'high',
      source: 'download',
      what: `the page offers ${cut(show(head))} for download instead of ${cut(show(base))}`,
      expected: show(base),
      actual: show(head),
    }),
  ];
}
