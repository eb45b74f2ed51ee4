import type { Route } from '../../domain/affected.ts';
import type { Shape } from '../ports.ts';
import type { Project } from '../read-project.ts';
import { type Convention, rootsOf, toPattern } from './convention.ts';
import { textOf } from './evaluate.ts';
import { toSegment } from './route-tree.ts';

const METHODS: ReadonlyMap<string, string> = new Map(
  ['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Options', 'Head', 'Sse'].map((name) => [
    name,
    name.toUpperCase(),
  ]),
);

/** NestJS: classes that are controllers, and their methods. https://docs.nestjs.com/controllers */
export const nest: Convention = {
  framework: 'nest',
  find: (project) => {
    const roots = rootsOf(project, ['@nestjs/common', '@nestjs/core']);
    return { routes: roots.flatMap((root) => routesBelow(project, root)) };
  },
};

function routesBelow(project: Project, root: string): readonly Route[] {
  const files = [...project.facts.keys()].filter((path) => root === '.' || path.startsWith(`${root}/`));
  const prefix = files.map((file) => globalPrefix(project, file)).find((one) => one !== undefined) ?? '';
  return files.flatMap((file) =>
    Object.values(project.facts.get(file)?.bindings ?? {}).flatMap((shape) => {
      if (shape?.kind !== 'class') return [];
      const controller = shape.decorators.find((one) => one?.kind === 'call' && one.callee === 'Controller');
      if (controller?.kind !== 'call') return [];
      const [given = null] = controller.arguments;
      const paths = pathsOf(project, file, given?.kind === 'object' ? (given.fields.path ?? null) : given);
      return shape.members.flatMap((member) =>
        member.decorators.flatMap((decorator): readonly Route[] => {
          const method = decorator?.kind === 'call' ? METHODS.get(decorator.callee) : undefined;
          if (decorator?.kind !== 'call' || method === undefined) return [];
          const isGet = method === 'GET' || method === 'ALL';
          const isPage =
            isGet && member.decorators.some((one) => one?.kind === 'call' && one.callee === 'Render');
          return paths.flatMap((outer) =>
            pathsOf(project, file, decorator.arguments[0] ?? null).map((inner): Route => {
              const pattern = toPattern(`${prefix}/${outer}/${inner}`.split('/').map(toSegment));
              return {
                pattern,
                file,
                framework: 'nest',
                kind: isPage ? 'page' : 'endpoint',
                ...(isGet ? {} : { method }),
              };
            }),
          );
        }),
      );
    }),
  );
}

function pathsOf(project: Project, file: string, shape: Shape): readonly string[] {
  const items = shape?.kind === 'list' ? shape.items : [shape];
  return items.map((one) => textOf(project, { file, shape: one }) ?? '');
}

function globalPrefix(project: Project, file: string): string | undefined {
  for (const shape of project.facts.get(file)?.declarations ?? []) {
    if (shape?.kind === 'call' && shape.callee.endsWith('.setGlobalPrefix'))
      return textOf(project, { file, shape: shape.arguments[0] ?? null });
  }
  return undefined;
}
