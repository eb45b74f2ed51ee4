import { type Convention, type FoundRoutes, rootsOf } from './convention.ts';
import { findRouteObjects } from './route-objects.ts';
import { flattenTree } from './route-tree.ts';

const WORDS = {
  shows: ['component', 'components'],
  children: ['children'],
  others: ['redirect', 'name', 'meta'],
};

/** Vue Router: lists of route objects. https://router.vuejs.org/guide/essentials/nested-routes.html */
export const vueRouter: Convention = {
  framework: 'vue-router',
  find: (project): FoundRoutes => {
    const roots = rootsOf(project, ['vue-router']);
    const files = [...project.facts.keys()].filter((path) =>
      roots.some((root) => root === '.' || path.startsWith(`${root}/`)),
    );
    const mayHold = (file: string): boolean =>
      /\bcomponents?\s*[:,}]|\bchildren\s*:/.test(project.texts.get(file) ?? '');
    const nodes = findRouteObjects(project, files, WORDS, mayHold);
    const isHash = files.some((file) => /\bcreateWebHashHistory\b/.test(project.texts.get(file) ?? ''));
    return flattenTree(nodes, { framework: 'vue-router', isHash });
  },
};
