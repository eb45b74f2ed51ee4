import { describeStep, type Step } from '../domain/flow.ts';

/** The path without its query, with the route that stands behind the hash, where one does. */
export function withRoute(path: string, url: string): string {
  const { hash } = new URL(url);
  const plain = path.split('?')[0] ?? path;
  return /^#!?\//.test(hash) ? `${plain}${hash.replace('!', '').split('?')[0]}` : plain;
}

/** ` (click button “Apply”)`; nothing when a page was only opened. */
export function describeLast(steps: readonly Step[]): string {
  const last = steps.at(-1);
  return last === undefined || 'goto' in last ? '' : ` (${describeStep(last)})`;
}
