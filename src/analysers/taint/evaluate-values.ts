import type { Expression, ObjectExpression } from 'oxc-parser';
import { createClass } from './classes.ts';
import { createFunction } from './functions.ts';
import type { Machine } from './machine.ts';
import { type NodeOf, propertyName } from './nodes.ts';
import { lookUp } from './scope.ts';
import { compileRegex, siteOf } from './site.ts';
import { addStep, applyFacts, elementOf, nameValue } from './take.ts';
import { concatenate } from './text.ts';
import type { Scope } from './value.ts';
import {
  clear,
  derived,
  join,
  literalText,
  mapTaints,
  mergeTaints,
  named,
  type ObjectValue,
  objectValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

/** What to do with each kind of expression; a part of the whole table. */
export type Evaluators = {
  readonly [Type in Expression['type']]?: (
    node: NodeOf<Expression, Type>,
    scope: Scope,
    machine: Machine,
  ) => Value;
};

/** Literals, names, and what makes new values. */
export const VALUES: Evaluators = {
  Literal(node, _scope, machine) {
    if (typeof node.value === 'string') return literalText(node.value);
    if ('regex' in node) {
      const value = { ...UNKNOWN, isLiteral: true, ...compileRegex(node.regex.pattern, node.regex.flags) };
      machine.report(siteOf(machine, 'regex', { name: '', args: [value], node }), node);
      return value;
    }
    return { ...UNKNOWN, isLiteral: true, constant: node.value };
  },
  TemplateLiteral(node, scope, machine) {
    const parts = node.quasis.flatMap(({ value: { cooked, raw } }, index) => {
      const text = literalText(cooked ?? raw);
      const expression = node.expressions[index];
      return expression === undefined ? [text] : [text, machine.evaluate(expression, scope)];
    });
    const value = addStep(machine, concatenate(parts.filter(({ text }) => text !== '')), node);
    machine.report(siteOf(machine, 'text', { name: '', args: [value], node }), node);
    return value;
  },
  Identifier(node, scope, machine) {
    if (node.name === 'undefined') return UNDEFINED;
    const value = lookUp(scope, node.name);
    if (value !== undefined) return applyFacts(machine, value);
    return nameValue(machine, named(node.name), { name: node.name, spelled: node.name, node });
  },
  ThisExpression: (_node, scope) => scope.self ?? named('this'),
  ArrayExpression(node, scope, machine) {
    const array = objectValue(true);
    for (const [index, element] of node.elements.entries()) {
      if (element === null) continue;
      if (element.type === 'SpreadElement') {
        const spread = machine.evaluate(element.argument, scope);
        array.elements = join([elementOf(spread), ...(array.elements === undefined ? [] : [array.elements])]);
        if (spread.objects.length === 0) array.isOpen = true;
      } else array.fields.set(String(index), machine.evaluate(element, scope));
    }
    return { ...UNKNOWN, objects: [array] };
  },
  ObjectExpression: (node, scope, machine) => evaluateObject(node, scope, machine),
  FunctionExpression: (node, scope, machine) => createFunction(node, scope, machine),
  ArrowFunctionExpression: (node, scope, machine) => createFunction(node, scope, machine),
  ClassExpression: (node, scope, machine) => createClass(node, scope, machine),
};

function evaluateObject(node: ObjectExpression, scope: Scope, machine: Machine): Value {
  const object = objectValue();
  let taints: Value['taints'] = [];
  const result = (): Value => ({ ...UNKNOWN, objects: [object], taints });
  const outer = machine.state.purpose;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = machine.evaluate(property.argument, scope);
      taints = mergeTaints([taints, spread.taints]);
      copyInto(object, spread);
      continue;
    }
    const name = propertyName(property);
    if (property.computed) machine.evaluate(property.key as Expression, scope); // a computed key is an expression
    machine.state.purpose = name ?? outer;
    const value =
      property.value.type === 'FunctionExpression' && property.method
        ? createFunction(property.value, scope, machine, { self: result(), name: name ?? '' })
        : machine.evaluate(property.value, scope);
    machine.state.purpose = outer;
    if (name === undefined)
      object.elements = join([value, ...(object.elements === undefined ? [] : [object.elements])]);
    else {
      // MongoDB compares with what is under this name, whatever it is.
      object.fields.set(
        name,
        name === '$eq' ? mapTaints(value, (taint) => clear(taint, ['is-string'])) : value,
      );
      const site = siteOf(machine, 'property', { name, args: [value], node: property, receiver: result() });
      machine.report(site, property);
    }
  }
  return result();
}

/** Copies what one value holds into an object, as a spread or `Object.assign` does. */
export function copyInto(object: ObjectValue, from: Value): void {
  for (const { fields, elements, isOpen } of from.objects) {
    for (const [name, value] of fields) object.fields.set(name, value);
    if (elements !== undefined) object.elements = elements;
    object.isOpen ||= isOpen;
  }
  if (from.objects.length === 0) object.isOpen = true;
  if (from.taints.length > 0) {
    const spread = { ...UNKNOWN, taints: derived(from.taints) };
    object.elements = object.elements === undefined ? spread : join([spread, object.elements]);
  }
}
