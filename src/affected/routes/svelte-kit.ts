import type { Route } from '../../domain/affected.ts';
import { type Convention, filesBelow, foldersOf, inFolder, rootsOf, toPattern } from './convention.ts';

const PAGE = /(?:^|\/)\+page(?:@[^/]*)?\.svelte$/;
const PAGE_DATA = /(?:^|\/)\+page(?:\.server)?\.[jt]s$/;
const SERVER = /(?:^|\/)\+server\.[jt]s$/;
const LAYOUT = /^\+(?:layout(?:@[^/]*)?\.svelte|layout(?:\.server)?\.[jt]s|error\.svelte)$/;

/** SvelteKit: folders below `src/routes`. https://svelte.dev/docs/kit/advanced-routing */
export const svelteKit: Convention = {
  framework: 'sveltekit',
  find: (project) => ({
    routes: rootsOf(project, ['@sveltejs/kit']).flatMap((root): readonly Route[] => {
      const folder = inFolder(root, 'src/routes');
      const files = filesBelow(project, folder);
      const ofAll = [
        'src/app.html',
        'src/hooks.server.ts',
        'src/hooks.server.js',
        'src/hooks.client.ts',
        'src/hooks.client.js',
        'src/hooks.ts',
        'src/hooks.js',
      ]
        .map((path) => inFolder(root, path))
        .filter((path) => project.files.has(path));
      const layouts = files.filter((path) => LAYOUT.test(path.split('/').at(-1) ?? ''));
      const data = files.filter((path) => PAGE_DATA.test(path));
      const withPage = new Set(files.filter((path) => PAGE.test(path)).map(folderOf));
      return files.flatMap((path): readonly Route[] => {
        // A folder with data only redirects, or answers to forms of others.
        const isPage = PAGE.test(path) || (PAGE_DATA.test(path) && !withPage.has(folderOf(path)));
        if (!isPage && !SERVER.test(path)) return [];
        const own = folderOf(path);
        const folders = new Set(foldersOf(path));
        const also = [
          ...data.filter((one) => one !== path && folderOf(one) === own),
          ...layouts.filter((one) => folders.has(folderOf(one))),
        ];
        return [
          {
            pattern: toPattern(own.split('/').flatMap(segment)),
            file: inFolder(folder, path),
            framework: 'sveltekit',
            kind: isPage ? 'page' : 'endpoint',
            also: isPage ? [...also.map((one) => inFolder(folder, one)), ...ofAll] : ofAll,
          },
        ];
      });
    }),
  }),
};

function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

function segment(part: string): readonly string[] {
  if (/^\(.*\)$/.test(part)) return [];
  const name = (text: string): string => text.split('=')[0] ?? text;
  const [, optional] = /^\[\[([^\]]+)\]\]$/.exec(part) ?? [];
  if (optional !== undefined) return [`:${name(optional)}?`];
  const [, rest] = /^\[\.\.\.([^\]]+)\]$/.exec(part) ?? [];
  if (rest !== undefined) return [`:${name(rest)}*`];
  const [, dynamic] = /\[([^\]]+)\]/.exec(part) ?? [];
  return [dynamic === undefined ? part : `:${name(dynamic).replace(/^x\+.*/, 'character')}`];
}
