import type { ChangedPart } from '../domain/affected.ts';
import { affectedPage, matchesRoute } from '../domain/affected.ts';
import type { Step } from '../domain/flow.ts';
import type { VerifyReport } from '../domain/report.ts';
import { type PageModel, walkNodes } from './model/page-model.ts';
import type { RanCode } from './ran/ran-code.ts';
import { type ToldRan, tellRan } from './ran/tell-ran.ts';
import type { VerifyRequest } from './request.ts';
import { pathOn, type Site } from './site.ts';
import { describeLast, withRoute } from './where-shown.ts';

/** Which changed parts of the diff were seen at work in the product, and how. Grows while a run goes on. */
export interface Exercised {
  /** Notes what the head shows after some steps. */
  note(model: PageModel, steps: readonly Step[]): void;
  /** Selectors of changed styles that were not seen to match yet. */
  readonly unmatched: () => readonly string[];
  /** Notes selectors that match on a page, and what they match, as `role|name`. */
  noteStyles(path: string, selectors: readonly string[], targets: readonly string[]): void;
  /** `role|name` of what was seen to have a style that changes. */
  readonly styled: ReadonlySet<string>;
  /** Every changed part with what exercised it, or why nothing did; undefined when the diff is not known. */
  report(notReached: ReadonlyMap<string, string>): VerifyReport['exercised'];
}

const MAX_BY = 5;
const MAX_STYLED = 500;
const MAX_PAGES_OF_ROUTE = 2;

export function createExercised(
  { affected }: Pick<VerifyRequest, 'affected'>,
  head: Site,
  ran: RanCode,
): Exercised {
  /** By pattern of a route, and by text and by selector: where it was seen. */
  const pages = new Map<string, string[]>();
  const texts = new Map<string, string>();
  const selectors = new Map<string, string>();
  const styled = new Set<string>();
  const unseen = new Set(affected?.texts ?? []);
  return {
    styled,
    note(model, steps) {
      const path = pathOn(head, model.url);
      if (affected === undefined || path === undefined) return;
      const short = withRoute(path, model.url);
      const page = affectedPage(affected, short) ?? affectedPage(affected, path);
      if (page !== undefined) addPage(pages, page.pattern, short);
      noteRequests(affected.routes, model, { head, pages });
      const shown = unseen.size === 0 ? '' : textOf(model);
      for (const text of unseen) {
        if (!shown.includes(text.toLowerCase())) continue;
        unseen.delete(text);
        texts.set(text, `${short}${describeLast(steps)}`);
      }
    },
    unmatched: () => (affected?.selectors ?? []).filter((one) => !selectors.has(one)),
    noteStyles(path, matched, targets) {
      for (const one of matched) if (!selectors.has(one)) selectors.set(one, path);
      for (const one of targets) if (styled.size < MAX_STYLED) styled.add(one);
    },
    report: (notReached) =>
      affected?.parts.map((part, number) => {
        const shown = [
          ...part.texts.flatMap((text) =>
            texts.has(text) ? [`the text “${text}” on ${texts.get(text)}`] : [],
          ),
          ...part.selectors.flatMap((one) =>
            selectors.has(one) ? [`the style of ${one} on ${selectors.get(one)}`] : [],
          ),
        ];
        const seen = part.routes.flatMap((pattern) => pages.get(pattern) ?? []);
        const code = tellRan(part, number, ran);
        return tellPart(part, { shown, seen, code }, () => whyNot(part, affected.sweep, notReached));
      }),
  };
}

/** What is known of one part: texts and styles that were seen, pages that were, and whether its code ran. */
interface PartShown {
  readonly shown: readonly string[];
  readonly seen: readonly string[];
  readonly code: ToldRan | undefined;
}

function tellPart(
  { path, startLine, endLine }: ChangedPart,
  { shown, seen, code }: PartShown,
  whyUnseen: () => string,
): NonNullable<VerifyReport['exercised']>[number] {
  const hasNotRun = code?.kind === 'not-run';
  const by = [
    ...(code?.where ?? []).map((where) => `its code, which ran on ${where}`),
    ...shown,
    // A page that was seen without the code of this part says nothing of it.
    ...(hasNotRun ? [] : seen.map((page) => `the page ${page}`)),
  ];
  const place = {
    path,
    startLine,
    endLine,
    by: [...new Set(by)].slice(0, MAX_BY),
    ...(code === undefined ? {} : { code: { kind: code.kind, why: code.why } }),
  };
  if (by.length > 0) return place;
  if (!hasNotRun) return { ...place, why: whyUnseen() };
  return { ...place, why: seen[0] === undefined ? code.why : `${seen[0]} was seen, and ${code.why}` };
}

function addPage(pages: Map<string, string[]>, pattern: string, path: string): void {
  const known = pages.get(pattern) ?? [];
  if (known.length < MAX_PAGES_OF_ROUTE && !known.includes(path)) pages.set(pattern, [...known, path]);
}

/** Requests that scripts of a page send show what answers them. */
function noteRequests(
  routes: NonNullable<VerifyRequest['affected']>['routes'],
  { requests }: PageModel,
  { head, pages }: { readonly head: Site; readonly pages: Map<string, string[]> },
): void {
  for (const { url, method } of requests) {
    const path = pathOn(head, url);
    if (path === undefined) continue;
    for (const route of routes) {
      if (
        route.kind !== 'endpoint' ||
        (route.method ?? 'GET') !== method ||
        !matchesRoute(route.pattern, path)
      )
        continue;
      addPage(pages, route.pattern, `${method} ${path.split('?')[0] ?? path}`);
    }
  }
}

function textOf({ title, nodes }: PageModel): string {
  const parts = [title];
  for (const { name, text, placeholder } of walkNodes(nodes)) parts.push(name, text, placeholder ?? '');
  return parts.join(' ').replace(/\s+/g, ' ').toLowerCase();
}

function whyNot(
  { unseen, routes }: ChangedPart,
  sweep: string | undefined,
  notReached: ReadonlyMap<string, string>,
): string {
  if (unseen !== undefined) return unseen;
  const [first] = routes;
  if (first === undefined) return sweep ?? 'no known route uses it';
  const known = routes.map((route) => notReached.get(route)).find((why) => why !== undefined);
  const others =
    routes.length === 1
      ? ''
      : `, nor ${routes.length - 1} more that ${routes.length === 2 ? 'uses' : 'use'} it`;
  if (known !== undefined) return `${first} was not seen${others}: ${known}`;
  return `${first} was not seen${others}: ${first.includes(':') ? 'no address of it was met' : 'nothing led there'}`;
}
