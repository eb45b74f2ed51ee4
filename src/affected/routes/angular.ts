import { type Convention, type FoundRoutes, rootsOf } from './convention.ts';
import { findRouteObjects } from './route-objects.ts';
import { flattenTree } from './route-tree.ts';

const WORDS = {
  shows: ['component', 'loadComponent'],
  children: ['children', 'loadChildren'],
  others: ['redirectTo', 'canActivate', 'pathMatch', 'title'],
};

/** Angular: lists of routes, also those that are loaded later. https://angular.dev/guide/routing/define-routes */
export const angular: Convention = {
  framework: 'angular',
  find: (project): FoundRoutes => {
    const roots = rootsOf(project, ['@angular/router'], /^angular\.json$/);
    const files = [...project.facts.keys()].filter((path) =>
      roots.some((root) => root === '.' || path.startsWith(`${root}/`)),
    );
    const nodes = findRouteObjects(project, files, WORDS, (file) =>
      /\bpath\s*:/.test(project.texts.get(file) ?? ''),
    );
    const isHash = files.some((file) =>
      /\bwithHashLocation\b|\buseHash\s*:\s*true/.test(project.texts.get(file) ?? ''),
    );
    return flattenTree(nodes, { framework: 'angular', isHash });
  },
};
