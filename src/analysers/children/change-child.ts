import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReviewCategory } from '../../domain/finding.ts';
import type { ChangedPath } from '../../review/ports.ts';
import { checkFile } from '../change/check-change.ts';
import { parseScript } from '../change/parse-script.ts';
import { createProject } from '../change/project.ts';
import { CHANGE_RULES } from '../change/rules.ts';
import { type ChildRequest, servePaths } from './child-protocol.ts';

/** What this child is told beside: the rules to apply, all changed files, and the names of everything that is staged. */
interface ChangeRequest extends ChildRequest {
  readonly category: ReviewCategory;
  readonly files: readonly ChangedPath[];
  readonly staged: readonly string[];
}

await servePaths(async ({ folder, paths, files, staged, category }: ChangeRequest) => {
  const asked = new Set(paths);
  const read = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  const project = createProject(
    files.filter(({ path }) => asked.has(path)),
    {
      headPaths: staged.filter((path) => path.startsWith('head/')).map((path) => path.slice('head/'.length)),
      head: (path) => read(`head/${path}`),
      base: (path) => read(`base/${path}`),
    },
    parseScript,
  );
  const byPath = new Map(project.files.map((file) => [file.path, file]));
  const active = CHANGE_RULES.filter((rule) => rule.category === category);
  return async (path) => {
    const file = byPath.get(path);
    return file === undefined ? [] : checkFile(file, project, active);
  };
});
