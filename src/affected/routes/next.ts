import type { Route } from '../../domain/affected.ts';
import type { Project } from '../read-project.ts';
import { type Convention, filesBelow, foldersOf, inFolder, rootsOf, toPattern } from './convention.ts';

const SOURCE = '(?:[jt]sx?|mdx?)';
const PAGE = new RegExp(`(?:^|/)page\\.${SOURCE}$`);
const HANDLER = /(?:^|\/)route\.[jt]s$/;
/** What is shown together with the pages below its folder: https://nextjs.org/docs/app/api-reference/file-conventions */
const AROUND = new RegExp(`^(?:layout|template|loading|error|not-found|default|global-error)\\.${SOURCE}$`);
const OF_ALL = /^(?:src\/)?(?:middleware|proxy|instrumentation(?:-client)?)\.[jt]s$/;
const NO_PAGE = /^(?:_app|_document|_error|404|500)\./;

/** Next.js: the app router's folders and the pages router's files. */
export const next: Convention = {
  framework: 'next',
  find: (project) => {
    const roots = rootsOf(project, ['next'], /^next\.config\./);
    return { routes: roots.flatMap((root) => [...appRoutes(project, root), ...pagesRoutes(project, root)]) };
  },
};

function appRoutes(project: Project, root: string): readonly Route[] {
  const ofAll = filesBelow(project, root)
    .filter((path) => OF_ALL.test(path))
    .map((path) => inFolder(root, path));
  return ['app', 'src/app'].flatMap((name) => {
    const folder = inFolder(root, name);
    const files = filesBelow(project, folder);
    const around = files.filter((path) => AROUND.test(path.split('/').at(-1) ?? ''));
    return files.flatMap((path): readonly Route[] => {
      const isPage = PAGE.test(path);
      const parts = path.split('/').slice(0, -1);
      if ((!isPage && !HANDLER.test(path)) || parts.some((part) => part.startsWith('_'))) return [];
      const folders = new Set(foldersOf(path));
      const also = around.filter((one) => folders.has(withoutSlot(one.split('/').slice(0, -1).join('/'))));
      return [
        {
          pattern: toPattern(appSegments(parts)),
          file: inFolder(folder, path),
          framework: 'next',
          kind: isPage ? 'page' : 'endpoint',
          also: [...also.map((one) => inFolder(folder, one)), ...ofAll],
        },
      ];
    });
  });
}

/** A slot is part of the layout of the folder in which it lies. */
function withoutSlot(folder: string): string {
  return folder.replace(/(?:^|\/)@[^/]+$/, '');
}

/** Groups and slots have no part in the address; `(.)`, `(..)` and `(...)` show a route of another level. */
function appSegments(parts: readonly string[]): readonly string[] {
  let segments: string[] = [];
  for (const part of parts) {
    const intercepted = /^((?:\(\.\.\))+|\(\.\)|\(\.\.\.\))(.+)$/.exec(part);
    if (intercepted !== null) {
      const [, marker = '', name = ''] = intercepted;
      if (marker === '(...)') segments = [];
      else if (marker !== '(.)') segments = segments.slice(0, -marker.length / '(..)'.length);
      segments.push(segment(name));
    } else if (!part.startsWith('@') && !/^\(.*\)$/.test(part)) segments.push(segment(part));
  }
  return segments;
}

function segment(part: string): string {
  return part
    .replace(/^\[\[\.\.\.(.+)\]\]$/, ':$1*')
    .replace(/^\[\.\.\.(.+)\]$/, ':$1+')
    .replace(/^\[(.+)\]$/, ':$1');
}

function pagesRoutes(project: Project, root: string): readonly Route[] {
  return ['pages', 'src/pages'].flatMap((name) => {
    const folder = inFolder(root, name);
    const files = filesBelow(project, folder).filter((path) => new RegExp(`\\.${SOURCE}$`).test(path));
    const ofAll = files
      .filter((path) => /^_(?:app|document)\./.test(path))
      .map((path) => inFolder(folder, path));
    return files.flatMap((path): readonly Route[] => {
      if (NO_PAGE.test(path)) return [];
      const isEndpoint = path.startsWith('api/');
      const parts = path.replace(/\.[^.]+$/, '').split('/');
      const segments = (parts.at(-1) === 'index' ? parts.slice(0, -1) : parts).map(segment);
      const kind = isEndpoint ? 'endpoint' : 'page';
      return [
        {
          pattern: toPattern(segments),
          file: inFolder(folder, path),
          framework: 'next',
          kind,
          also: isEndpoint ? [] : ofAll,
        },
      ];
    });
  });
}
