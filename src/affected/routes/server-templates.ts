import type { Edge } from '../import-graph.ts';
import { TEMPLATE } from '../kinds-of-files.ts';
import type { Project } from '../read-project.ts';

/** Templates that a script renders by their name. */
export function templateUses(project: Project): readonly Edge[] {
  const find = templatesOf(project);
  const edges: Edge[] = [];
  for (const [path, text] of project.facts.size === 0 ? [] : project.texts) {
    if (!project.facts.has(path)) continue;
    for (const [, name = ''] of text.matchAll(
      /\b(?:render|view|renderFile)\(\s*["'`]([\w./-]{1,200})["'`]/g,
    )) {
      const to = find(name);
      if (to !== undefined) edges.push([path, to]);
    }
  }
  return edges;
}

/** Finds a template, or a document that is sent, by the name that a script gives it. */
export function templatesOf({ files }: Project): (name: string) => string | undefined {
  const known = [...files].filter((path) => TEMPLATE.test(path) || /\.html?$/i.test(path));
  return (name) => {
    const stem = name.replace(/^(?:\.?\/)+/, '');
    return known.find((path) =>
      [path, path.replace(/\.\w+$/, '')].some((one) => one === stem || one.endsWith(`/${stem}`)),
    );
  };
}
