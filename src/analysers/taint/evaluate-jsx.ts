import type { JSXAttribute, JSXChild, JSXElement, JSXElementName } from 'oxc-parser';
import { copyInto, type Evaluators } from './evaluate-values.ts';
import type { Machine } from './machine.ts';
import { lookUp } from './scope.ts';
import { siteOf } from './site.ts';
import type { Scope } from './value.ts';
import { literalText, objectValue, UNKNOWN, type Value } from './value.ts';

/** Elements of JSX: their attributes are places where data can do harm, and their components are functions. */
export const JSX: Evaluators = {
  JSXElement: (node, scope, machine) => evaluateElement(node, scope, machine),
  JSXFragment(node, scope, machine) {
    for (const child of node.children) evaluateChild(child, scope, machine);
    return UNKNOWN;
  },
};

function evaluateElement(node: JSXElement, scope: Scope, machine: Machine): Value {
  const element = nameOf(node.openingElement.name);
  const props = objectValue();
  const spreads: string[] = [];
  for (const attribute of node.openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') {
      const spread = machine.evaluate(attribute.argument, scope);
      copyInto(props, spread);
      spreads.push('spread');
      machine.report(
        siteOf(machine, 'attribute', { name: `${element}.{...}`, args: [spread], node: attribute }),
        attribute,
      );
    } else {
      const value = attributeValue(attribute, scope, machine);
      props.fields.set(attributeName(attribute), value);
    }
  }
  const all: Value = { ...UNKNOWN, objects: [props] };
  for (const attribute of node.openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') continue;
    const name = attributeName(attribute);
    const value = props.fields.get(name) ?? UNKNOWN;
    const site = siteOf(machine, 'attribute', {
      name: `${element}.${name}`,
      args: [value],
      node: attribute,
      receiver: all,
    });
    machine.report(site, attribute);
  }
  for (const child of node.children) evaluateChild(child, scope, machine);
  if (/^[A-Z]\w*$/.test(element)) {
    for (const fn of lookUp(scope, element)?.functions ?? []) machine.call(fn, [all]);
  }
  return UNKNOWN;
}

function attributeValue({ value }: JSXAttribute, scope: Scope, machine: Machine): Value {
  if (value === null) return { ...UNKNOWN, isLiteral: true, constant: true };
  if (value.type === 'Literal') return literalText(value.value);
  if (value.type !== 'JSXExpressionContainer') return machine.evaluate(value, scope);
  return value.expression.type === 'JSXEmptyExpression' ? UNKNOWN : machine.evaluate(value.expression, scope);
}

function attributeName({ name }: JSXAttribute): string {
  return name.type === 'JSXIdentifier' ? name.name : `${name.namespace.name}:${name.name.name}`;
}

function nameOf(name: JSXElementName): string {
  if (name.type === 'JSXIdentifier') return name.name;
  return name.type === 'JSXMemberExpression' ? name.property.name : 'element';
}

function evaluateChild(child: JSXChild, scope: Scope, machine: Machine): void {
  if (child.type === 'JSXElement' || child.type === 'JSXFragment') machine.evaluate(child, scope);
  else if (child.type === 'JSXExpressionContainer' && child.expression.type !== 'JSXEmptyExpression')
    machine.evaluate(child.expression, scope);
}
