import type { Route } from '../../domain/affected.ts';
import { type Convention, filesBelow, inFolder, rootsOf, toPattern } from './convention.ts';

/** Astro: files below `src/pages`. https://docs.astro.build/en/guides/routing/ */
export const astro: Convention = {
  framework: 'astro',
  find: (project) => ({
    routes: rootsOf(project, ['astro'], /^astro\.config\./).flatMap((root): readonly Route[] => {
      const folder = inFolder(root, 'src/pages');
      const also = ['src/middleware.ts', 'src/middleware.js', 'src/middleware/index.ts']
        .map((path) => inFolder(root, path))
        .filter((path) => project.files.has(path));
      return filesBelow(project, folder).flatMap((path): readonly Route[] => {
        const isPage = /\.(?:astro|mdx?|markdown|html)$/.test(path);
        const parts = path.replace(/\.[^./]+$/, '').split('/');
        if ((!isPage && !/\.[jt]s$/.test(path)) || parts.some((part) => part.startsWith('_'))) return [];
        const segments = (parts.at(-1) === 'index' ? parts.slice(0, -1) : parts).map(segment);
        return [
          {
            pattern: toPattern(segments),
            file: inFolder(folder, path),
            framework: 'astro',
            kind: isPage ? 'page' : 'endpoint',
            also,
          },
        ];
      });
    }),
  }),
};

function segment(part: string): string {
  const rest = /^\[\.\.\.(.+)\]$/.exec(part)?.[1];
  if (rest !== undefined) return `:${rest}*`;
  const dynamic = /\[([^\]]+)\]/.exec(part)?.[1];
  return dynamic === undefined ? part : `:${dynamic}`;
}
