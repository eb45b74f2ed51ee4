import type { Intent } from './task.ts';
import { visibleProse } from './untrusted-text.ts';

const MAX_TITLE = 300;
const MAX_DESCRIPTION = 6000;
const MAX_ISSUE = 4000;

/** What people wrote about a change, cut and without what is hidden in it; to be fenced. */
export function describeIntent(intent: Intent): string {
  return [
    `title: ${visibleProse(intent.title, MAX_TITLE)}`,
    `description:\n${visibleProse(intent.description, MAX_DESCRIPTION)}`,
    ...(intent.issues ?? []).map(
      ({ number, title, description }) =>
        `issue ${number}, which it says it closes: ${visibleProse(title, MAX_TITLE)}\n${visibleProse(description, MAX_ISSUE)}`,
    ),
  ].join('\n');
}
