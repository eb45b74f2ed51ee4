import type { Expression, Node, Program, Statement } from 'oxc-parser';
import type { ScriptFacts, Shape } from '../../affected/ports.ts';
import { walk } from '../change/source.ts';
import { bare, propertyName, spell } from '../taint/nodes.ts';
import { toShape } from './to-shape.ts';

const MAX_DECLARATIONS = 3000;
/** Calls by which routers are made and filled, by the last part of their name. */
const CALL =
  /^(?:get|post|put|patch|delete|del|head|options|all|any|on|use|route|register|mount|basePath|prefix|routes|setGlobalPrefix|index|layout|flatRoutes|relative|create\w*Router|create\w*Routes?\w*|useRoutes|forRoot|forChild|provideRouter|Router|VueRouter|group)$/;
const ELEMENT = /(?:Route|Routes|Switch|Router)$/;

/** The module's own names as data, and the calls and elements in it that look like they declare routes. */
export function readDeclarations(program: Program): Pick<ScriptFacts, 'bindings' | 'declarations'> {
  const bindings: Record<string, Shape> = Object.create(null) as Record<string, Shape>;
  for (const statement of program.body) bind(statement, bindings);
  const declarations: Shape[] = [];
  walk(program, (node) => {
    if (declarations.length >= MAX_DECLARATIONS) return 'skip';
    const shape = declares(node) ? toShape(node) : null;
    if (shape !== null) declarations.push(shape);
    // What a chain or an element holds is part of it; functions that are handed over may declare more.
    return shape?.kind === 'element' ? 'skip' : undefined;
  });
  return { bindings: { ...bindings }, declarations };
}

function declares(node: Node): boolean {
  if (node.type === 'JSXElement') {
    const { name } = node.openingElement;
    return name.type === 'JSXIdentifier' && ELEMENT.test(name.name);
  }
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  if (node.arguments.length === 0) return false;
  const callee = bare(node.callee);
  return CALL.test(spell(callee).split('.').at(-1) ?? '');
}

function bind(statement: Statement, bindings: Record<string, Shape>): void {
  if (statement.type === 'ExportNamedDeclaration') {
    if (statement.declaration !== null) bind(statement.declaration as Statement, bindings);
    for (const { local, exported } of statement.source === null ? statement.specifiers : []) {
      if (local.type === 'Identifier' && exported.type === 'Identifier' && local.name !== exported.name)
        bindings[exported.name] = { kind: 'name', name: local.name };
    }
  } else if (statement.type === 'ExportDefaultDeclaration') {
    bindings.default = toShape(statement.declaration as Node);
  } else if (statement.type === 'VariableDeclaration') {
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier') bindings[id.name] = toShape(init);
      else if (id.type === 'ObjectPattern') bindPattern(id, toShape(init), bindings);
    }
  } else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
    if (statement.id !== null) bindings[statement.id.name] = toShape(statement);
  } else if (statement.type === 'ExpressionStatement') bindExport(statement.expression, bindings);
}

/** `module.exports = …` and `exports.name = …`. */
function bindExport(expression: Expression, bindings: Record<string, Shape>): void {
  if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return;
  const name = spell(expression.left);
  const given = toShape(expression.right);
  if (name === 'module.exports') bindings.default = given;
  else if (name.startsWith('exports.')) bindings[name.slice('exports.'.length)] = given;
}

/** `const { orders } = require('./orders')`. */
function bindPattern(
  pattern: Extract<Node, { type: 'ObjectPattern' }>,
  from: Shape,
  bindings: Record<string, Shape>,
): void {
  if (from?.kind !== 'import') return;
  for (const property of pattern.properties) {
    const member = property.type === 'Property' ? propertyName(property) : undefined;
    if (property.type === 'Property' && property.value.type === 'Identifier' && member !== undefined)
      bindings[property.value.name] = { ...from, member };
  }
}
