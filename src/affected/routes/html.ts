import type { Route } from '../../domain/affected.ts';
import { packageOf } from '../packages.ts';
import { type Convention, toPattern } from './convention.ts';

/** Packages whose pages come from elsewhere; their only document is `index.html`. */
const ROUTED = ['next', 'nuxt', '@sveltejs/kit', 'astro', '@angular/core', '@remix-run/react', 'gatsby'];
const NO_PRODUCT = /(?:^|\/)(?:fixtures?|templates?|emails?|examples?|benchmarks?|mocks?)\//i;

/** Documents as they lie in their folder, from the outermost folder that has an `index.html`. */
export const html: Convention = {
  framework: 'html',
  find: (project) => {
    const documents = [...project.files].filter(
      (path) => /\.html?$/i.test(path) && project.texts.has(path) && !NO_PRODUCT.test(path),
    );
    const roots = documents
      .filter((path) => /(?:^|\/)index\.html?$/i.test(path))
      .map((path) => path.slice(0, path.lastIndexOf('/') + 1))
      .sort((a, b) => a.length - b.length);
    const webRoots = roots.filter(
      (root, index) => !roots.slice(0, index).some((outer) => root.startsWith(outer)),
    );
    return {
      routes: documents.flatMap((path): readonly Route[] => {
        const root = webRoots.find((one) => path.startsWith(one));
        if (root === undefined) return [];
        const below = path.slice(root.length);
        const isIndex = /(?:^|\/)index\.html?$/i.test(below);
        const dependencies = packageOf(project.packages, path)?.dependencies;
        if (below.includes('/') || !isIndex)
          if (ROUTED.some((name) => dependencies?.has(name) === true)) return [];
        const pattern = toPattern([isIndex ? below.replace(/index\.html?$/i, '') : below]);
        return [{ pattern, file: path, framework: 'html', kind: 'page' }];
      }),
    };
  },
};
