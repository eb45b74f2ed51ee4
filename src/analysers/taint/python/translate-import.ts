import type { SyntaxNode } from '@lezer/common';
import type { Expression, Statement } from 'oxc-parser';
import { assignment, expression, literal, member, run, statement } from './estree.ts';
import { within } from './resolve-python-module.ts';
import { type Context, childrenOf, source } from './syntax.ts';

/** Imports, with the specifiers `./a/b` for those of the same package and `a.b` for all others. */
export function translateImport(node: SyntaxNode, context: Context): readonly Statement[] {
  const children = childrenOf(node);
  if (node.parent?.name !== 'Script') return importedLater(node, children, context);
  return children[0]?.name === 'from'
    ? importFrom(node, children, context)
    : importModules(node, children, context);
}

function importModules(
  node: SyntaxNode,
  children: readonly SyntaxNode[],
  context: Context,
): readonly Statement[] {
  const parts: SyntaxNode[][] = [[]];
  for (const child of children.slice(1)) {
    if (child.name === ',') parts.push([]);
    else parts.at(-1)?.push(child);
  }
  return parts.flatMap((part) => {
    const alias = part.findIndex(({ name }) => name === 'as');
    const names = (alias < 0 ? part : part.slice(0, alias)).filter(({ name }) => name === 'VariableName');
    const [first] = names;
    const local = alias < 0 ? first : part[alias + 1];
    if (first === undefined || local === undefined) return [];
    // `import a.b` declares `a`, through which `a.b` is found.
    const path = (alias < 0 ? [first] : names).map((one) => source(context, one)).join('.');
    return [declaration(node, path, [{ type: 'ImportNamespaceSpecifier', local: named(local, context) }])];
  });
}

function importFrom(
  node: SyntaxNode,
  children: readonly SyntaxNode[],
  context: Context,
): readonly Statement[] {
  const at = children.findIndex(({ name }) => name === 'import');
  const from = children
    .slice(1, at)
    .map((child) => source(context, child))
    .join('');
  const specifiers = children.slice(at + 1).flatMap((child, index, all) => {
    if (child.name !== 'VariableName' || all[index - 1]?.name === 'as') return [];
    const alias = all[index + 1]?.name === 'as' ? all[index + 2] : undefined;
    return [
      {
        type: 'ImportSpecifier',
        start: child.from,
        end: child.to,
        imported: named(child, context),
        local: named(alias ?? child, context),
      },
    ];
  });
  return [declaration(node, toSpecifier(from), specifiers)];
}

/** An import inside of something else declares variables there. */
function importedLater(
  node: SyntaxNode,
  children: readonly SyntaxNode[],
  context: Context,
): readonly Statement[] {
  const declared =
    children[0]?.name === 'from'
      ? importFrom(node, children, context)
      : importModules(node, children, context);
  return (declared as readonly unknown[] as readonly Declared[]).flatMap(({ source: from, specifiers }) =>
    specifiers.map(({ imported, local }) => {
      const importOf = (path: string): Expression =>
        expression('ImportExpression', node, { source: literal(path, node) });
      const module = importOf(from.value);
      if (imported === undefined) return run(assignment(local, module, node));
      // It is something that the module declares, or a module of the package.
      const value = expression('LogicalExpression', node, {
        operator: '??',
        left: member(module, imported.name, node),
        right: importOf(within(from.value, imported.name)),
      });
      return run(assignment(local, value, node));
    }),
  );
}

/** The parts of a declaration as it is made below. */
interface Declared {
  readonly source: { readonly value: string };
  readonly specifiers: readonly { readonly imported?: { readonly name: string }; readonly local: object }[];
}

/** `..a.b` is `../a/b`. */
function toSpecifier(from: string): string {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  if (dots === 0) return from;
  const up = dots === 1 ? './' : '../'.repeat(dots - 1);
  return `${up}${from.slice(dots).replaceAll('.', '/')}`;
}

function declaration(node: SyntaxNode, specifier: string, specifiers: readonly object[]): Statement {
  return statement('ImportDeclaration' as Statement['type'], node, {
    source: { value: specifier },
    specifiers,
    importKind: 'value',
  });
}

function named(node: SyntaxNode, context: Context): object {
  return { type: 'Identifier', name: source(context, node), start: node.from, end: node.to };
}
