import type { ChangeRule, Hit } from '../change-rule.ts';
import { exportsOf, type ImportOf, importsOf } from '../exports.ts';
import type { ChangedSource, Project } from '../project.ts';
import { SCRIPT } from '../source.ts';

/** An export that is gone while another file still takes it. */
export const removedExport: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/removed-export',
  category: 'logic',
  text: {
    title: 'An export is gone that other files still import',
    body: '{subject} can no longer be imported from here, and files that the change leaves as they are still do: they fail to compile, or when they are loaded. Change them too, or keep the export.',
    severity: 'high',
    confidence: 0.95,
  },
  bad: [
    {
      base: {
        'src/total.ts': 'export function total() {\n  return 1;\n}\nexport const rate = 2;\n',
        'src/cart.ts': 'import { total } from "./total.js";\nexport const cart = total();\n',
      },
      head: {
        'src/total.ts': 'export function sum() {\n  return 1;\n}\nexport const rate = 2;\n',
        'src/cart.ts': 'import { total } from "./total.js";\nexport const cart = total();\n',
      },
      at: ['src/total.ts:-1'],
    },
    {
      base: {
        'src/a.ts': 'export const a = 1;\n',
        'src/index.ts': 'export * from "./a.ts";\n',
        'b.ts': 'import { a } from "./src";\nexport const b = a;\n',
      },
      head: {
        'src/a.ts': 'export const other = 1;\n',
        'src/index.ts': 'export * from "./a.ts";\n',
        'b.ts': 'import { a } from "./src";\nexport const b = a;\n',
      },
      at: ['src/a.ts:-1'],
    },
    {
      base: { 'a.js': 'export default 1;\n', 'b.js': 'export { default as one } from "./a.js";\n' },
      head: { 'b.js': 'export { default as one } from "./a.js";\n' },
      at: ['a.js:-1'],
    },
  ],
  good: [
    {
      base: {
        'a.ts': 'export const a = 1;\nexport const b = 2;\n',
        'c.ts': 'import { a } from "./a";\nexport const c = a;\n',
      },
      head: {
        'a.ts': 'export { a } from "./moved";\n',
        'moved.ts': 'export const a = 1;\n',
        'c.ts': 'import { a } from "./a";\nexport const c = a;\n',
      },
    },
    {
      base: { 'a.ts': 'export const a = 1;\n', 'c.ts': 'import { a } from "./a";\nexport const c = a;\n' },
      head: {
        'a/index.ts': 'export const a = 1;\n',
        'c.ts': 'import { a } from "./a";\nexport const c = a;\n',
      },
    },
    {
      base: { 'a.ts': 'export const a = 1;\n', 'c.ts': '// import { a } from "./a";\nexport const c = 1;\n' },
      head: { 'a.ts': 'export const b = 1;\n', 'c.ts': '// import { a } from "./a";\nexport const c = 1;\n' },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: (file, project) => removedNames(file, project).map(([name, gone]) => toHit(name, gone)),
};

/** Exports of the base that the head does not have under the same path, with who still takes them. */
function removedNames(
  file: ChangedSource,
  project: Project,
): readonly (readonly [string, { lines: readonly [number, number]; users: readonly ImportOf[] }])[] {
  if (file.base === undefined) return [];
  const before = exportsOf(file.base, { project, side: 'base' });
  const isGone = file.status === 'deleted' || file.path !== file.oldPath;
  const after = isGone ? undefined : exportsOf(file.head, { project, side: 'head' });
  if (after?.isPartial === true) return [];
  return [...before.names]
    .filter(([name]) => after?.names.has(name) !== true)
    .map(([name, lines]) => {
      const paths = [file.oldPath, ...handingOn(file.oldPath, name, project)];
      return [name, { lines, users: paths.flatMap((path) => importsOf(project, path, name)) }] as const;
    })
    .filter(([, { users }]) => users.length > 0);
}

/** Files of the head that hand on all exports of a file, directly or through others, and do not have the name. */
function handingOn(path: string, name: string, project: Project): readonly string[] {
  return project.scripts.filter((candidate) => {
    const source = project.head(candidate);
    if (candidate === path || source?.parsed === undefined || !/\bexport\s*(?:type\s*)?\*/.test(source.text))
      return false;
    const had = exportsOf(project.base(candidate), { project, side: 'base' });
    const has = exportsOf(source, { project, side: 'head' });
    return had.names.has(name) && !has.names.has(name) && !has.isPartial;
  });
}

function toHit(
  name: string,
  { lines, users }: { readonly lines: readonly [number, number]; readonly users: readonly ImportOf[] },
): Hit {
  return {
    startLine: lines[0],
    endLine: lines[1],
    side: 'LEFT',
    subject: name,
    places: users.map(({ path, line }) => ({ path, line })),
  };
}
