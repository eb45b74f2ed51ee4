import type { Route } from '../../domain/affected.ts';
import type { Edge } from '../import-graph.ts';
import type { Project } from '../read-project.ts';
import { type Convention, filesBelow, inFolder, rootsOf, toPattern } from './convention.ts';

const METHOD = /\.(get|post|put|patch|delete|head|options)$/;

/** Nuxt: files below `pages` and `server`, and what it imports by name alone. https://nuxt.com/docs/guide/directory-structure */
export const nuxt: Convention = {
  framework: 'nuxt',
  find: (project) => {
    const roots = rootsOf(project, ['nuxt', 'nuxt3', 'nuxt-edge'], /^nuxt\.config\./);
    return {
      routes: roots.flatMap((root) => [...pages(project, root), ...endpoints(project, root)]),
      uses: roots.flatMap((root) => sourcesOf(project, root).flatMap((folder) => namedUses(project, folder))),
    };
  },
};

/** Version 4 keeps its sources in `app`, older ones in the root or where `srcDir` says, mostly `src`. */
function sourcesOf(project: Project, root: string): readonly string[] {
  const isSource = (folder: string): boolean =>
    ['pages/', 'app.vue', 'layouts/', 'components/'].some((name) =>
      [...project.files].some((path) => path.startsWith(inFolder(folder, name))),
    );
  return [inFolder(root, 'app'), inFolder(root, 'src'), root].filter(isSource);
}

function pages(project: Project, root: string): readonly Route[] {
  return sourcesOf(project, root).flatMap((source): readonly Route[] => {
    const own = filesBelow(project, source);
    const ofAll = own.filter((path) =>
      /^(?:app|error)\.vue$|^plugins\/|^middleware\/[^/]*\.global\.[jt]s$|^app\.config\.[jt]s$/.test(path),
    );
    const folder = inFolder(source, 'pages');
    const files = filesBelow(project, folder).filter((path) => /\.(?:vue|tsx|jsx)$/.test(path));
    if (files.length === 0) {
      const app = inFolder(source, 'app.vue');
      return project.files.has(app) ? [{ pattern: '/', file: app, framework: 'nuxt', kind: 'page' }] : [];
    }
    return files.map((path) => {
      const file = inFolder(folder, path);
      const parts = path.replace(/\.\w+$/, '').split('/');
      // `users.vue` is the frame of what lies in `users/`.
      const frames = parts.slice(0, -1).map((_, index) => `${parts.slice(0, index + 1).join('/')}.vue`);
      const also = [
        ...frames.filter((frame) => files.includes(frame)).map((frame) => inFolder(folder, frame)),
        ...[...ofAll, ...layoutsOf(project.texts.get(file) ?? '')].map((one) => inFolder(source, one)),
      ];
      const segments = (parts.at(-1) === 'index' ? parts.slice(0, -1) : parts).flatMap(segment);
      const existing = also.filter((one) => project.files.has(one));
      return { pattern: toPattern(segments), file, framework: 'nuxt', kind: 'page', also: existing };
    });
  });
}

function layoutsOf(text: string): readonly string[] {
  const [, named] = /definePageMeta\([^)]*?\blayout\s*:\s*["']([\w/-]+)["']/.exec(text) ?? [];
  const inside = [...text.matchAll(/<NuxtLayout[^>]*\bname\s*=\s*["']([\w/-]+)["']/g)].map(
    ([, name = '']) => name,
  );
  const middleware = [...text.matchAll(/\bmiddleware\s*:\s*\[?([^\]\n]+)/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/["']([\w-]+)["']/g)].flatMap(([, name = '']) => [
      `middleware/${name}.ts`,
      `middleware/${name}.js`,
    ]),
  );
  return [...[named ?? 'default', ...inside].map((name) => `layouts/${name}.vue`), ...middleware];
}

function segment(part: string): readonly string[] {
  if (/^\(.*\)$/.test(part)) return [];
  if (/^\[\[\.\.\..+\]\]$/.test(part) || /^\[\.\.\..+\]$/.test(part))
    return [`:${part.replace(/[[\].]/g, '')}*`];
  if (/^\[\[.+\]\]$/.test(part)) return [`:${part.replace(/[[\]]/g, '')}?`];
  if (/\[[^\]]+\]/.test(part)) return [`:${/\[+([^\]]+)\]/.exec(part)?.[1] ?? 'part'}`];
  // Nuxt 2 writes `_id`.
  return [part.replace(/^_(.+)$/, ':$1')];
}

function endpoints(project: Project, root: string): readonly Route[] {
  return ['api', 'routes'].flatMap((name) => {
    const folder = inFolder(root, `server/${name}`);
    return filesBelow(project, folder).flatMap((path): readonly Route[] => {
      if (!/\.[cm]?[jt]s$/.test(path)) return [];
      const stem = path.replace(/\.[cm]?[jt]s$/, '');
      const method = METHOD.exec(stem)?.[1]?.toUpperCase();
      const parts = stem.replace(METHOD, '').split('/');
      const segments = (parts.at(-1) === 'index' ? parts.slice(0, -1) : parts).flatMap(segment);
      return [
        {
          pattern: toPattern([name === 'api' ? 'api' : '', ...segments]),
          file: inFolder(folder, path),
          framework: 'nuxt',
          kind: 'endpoint',
          ...(method === undefined || method === 'GET' ? {} : { method }),
        },
      ];
    });
  });
}

/** Components by their tags; composables and utilities by the names that they export. */
function namedUses(project: Project, source: string): readonly Edge[] {
  const tags = new Map<string, string>();
  const names = new Map<string, string>();
  for (const path of filesBelow(project, source)) {
    const file = inFolder(source, path);
    if (/^components\/.*\.(?:vue|tsx|jsx)$/.test(path)) {
      tags.set(tagOf(path.replace(/^components\//, '')), file);
    } else if (/^(?:composables|utils|stores)\/[^/]+\.[jt]s$/.test(path)) {
      for (const [, name = ''] of (project.texts.get(file) ?? '').matchAll(
        /\bexport\s+(?:default\s+)?(?:async\s+)?(?:const|function|let|class)\s+(\w+)/g,
      ))
        names.set(name, file);
    }
  }
  const edges: Edge[] = [];
  for (const path of filesBelow(project, source)) {
    const from = inFolder(source, path);
    const text = project.texts.get(from);
    if (text === undefined || !/\.(?:vue|[jt]sx?)$/.test(path)) continue;
    const used = new Set(
      [...text.matchAll(/<([A-Za-z][\w-]*)/g)].map(([, tag = '']) =>
        pascal(tag).replace(/^Lazy(?=[A-Z])/, ''),
      ),
    );
    for (const tag of used) {
      const to = tags.get(tag);
      if (to !== undefined) edges.push([from, to]);
    }
    for (const word of new Set(text.match(/\b\w+(?=\s*[(<.])/g) ?? [])) {
      const to = names.get(word);
      if (to !== undefined) edges.push([from, to]);
    }
  }
  return edges;
}

/** `base/Button.vue` is `BaseButton`; `user/UserCard.vue` is `UserCard`: parts that repeat are there once. */
function tagOf(path: string): string {
  const parts = path
    .replace(/\.\w+$/, '')
    .replace(/\.(?:client|server|global)$/, '')
    .split('/')
    .filter((part) => part !== 'global' && !/^\(.*\)$/.test(part))
    .map(pascal);
  const named = parts.at(-1) === 'Index' ? parts.slice(0, -1) : parts;
  const last = named.at(-1) ?? '';
  const folders = named.slice(0, -1);
  const from = folders.findIndex((_, index) => last.startsWith(folders.slice(index).join('')));
  return `${(from === -1 ? folders : folders.slice(0, from)).join('')}${last}`;
}

function pascal(name: string): string {
  return name
    .split(/[-_]/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
}
