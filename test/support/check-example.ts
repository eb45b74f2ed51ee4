import type { Example, Rule } from '../../src/analysers/change/change-rule.ts';
import { checkFile } from '../../src/analysers/change/check-change.ts';
import { parseScript } from '../../src/analysers/change/parse-script.ts';
import { createProject } from '../../src/analysers/change/project.ts';
import { changedLines, placeInDiff } from '../../src/review/place.ts';
import type { Diagnostic } from '../../src/review/ports.ts';
import { diffOfTexts } from './diff-of-texts.ts';

/** What a rule says of an example, as `path:line`, with a minus before a line of the base. */
export function checkExample(
  rule: Rule,
  { base = {}, head }: Example,
): readonly { readonly at: string; readonly diagnostic: Diagnostic }[] {
  const diff = diffOfTexts(base, head);
  const lines = changedLines(diff);
  const changed = diff.map(({ path, oldPath, status }) => ({
    path,
    oldPath,
    status,
    added: [...(lines.added.get(path) ?? [])],
    removed: [...(lines.removed.get(path) ?? [])],
  }));
  const project = createProject(
    changed,
    {
      headPaths: Object.keys(head),
      head: (path) => head[path],
      base: (path) => base[path],
    },
    parseScript,
  );
  return project.files
    .flatMap((file) => checkFile(file, project, [rule]))
    .flatMap((diagnostic) => {
      const place = placeInDiff(diagnostic, lines);
      const minus = place?.side === 'LEFT' ? '-' : '';
      return place === undefined ? [] : [{ at: `${place.path}:${minus}${place.startLine}`, diagnostic }];
    });
}
