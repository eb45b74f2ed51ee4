import type { AssignmentTarget, AssignmentTargetMaybeDefault, BindingPattern, PropertyKey } from 'oxc-parser';
import { assignTo } from './evaluate-operators.ts';
import type { Machine } from './machine.ts';
import { keyName } from './nodes.ts';
import { declare } from './scope.ts';
import { addStep, elementOf, takeProperty } from './take.ts';
import type { Scope } from './value.ts';
import { join, objectValue, UNKNOWN, type Value } from './value.ts';

type Pattern = BindingPattern | AssignmentTargetMaybeDefault;
type How = 'declare' | 'declare var' | 'assign';

/** Gives the parts of a value to the variables of a pattern. */
export function bindPattern(
  machine: Machine,
  pattern: Pattern,
  { value, scope, how }: { readonly value: Value; readonly scope: Scope; readonly how: How },
): void {
  const next = (part: Pattern, held: Value): void => bindPattern(machine, part, { value: held, scope, how });
  if (pattern.type === 'ObjectPattern') {
    const taken: string[] = [];
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') {
        next(property.argument, withoutFields(value, taken));
        continue;
      }
      const name = keyName(property.key, property.computed);
      if (name !== undefined) taken.push(name);
      next(property.value, part(machine, value, { name, node: property.key }));
    }
  } else if (pattern.type === 'ArrayPattern') {
    for (const [index, element] of pattern.elements.entries()) {
      if (element === null) continue;
      if (element.type === 'RestElement') next(element.argument, { ...value, name: '' });
      else
        next(
          element,
          value.objects.length > 0
            ? takeProperty(machine, value, { name: String(index), spelled: '', node: element })
            : element_(value),
        );
    }
  } else if (pattern.type === 'AssignmentPattern') {
    next(pattern.left, withDefault(machine, value, pattern.right, scope));
  } else if (how === 'assign' || pattern.type !== 'Identifier') {
    assignTo(pattern as AssignmentTarget, value, { scope, machine, node: pattern });
  } else declare(scope, pattern.name, addStep(machine, value, pattern), how === 'declare var');
}

/** One of a tuple that a call returned, such as the first of `useState`: it has the name of the call. */
function element_(value: Value): Value {
  return { ...elementOf(value), name: value.name };
}

function part(
  machine: Machine,
  value: Value,
  { name, node }: { readonly name: string | undefined; readonly node: PropertyKey },
): Value {
  const taint = value.taints[0];
  const base = taint?.isWhole === true ? taint.key : value.name.replace(/^http\./, '');
  return takeProperty(machine, value, { name, spelled: `${base}.${name ?? '[]'}`, node });
}

function withDefault(
  machine: Machine,
  value: Value,
  fallback: Parameters<Machine['evaluate']>[0],
  scope: Scope,
): Value {
  const given = machine.evaluate(fallback, scope);
  const isUnknown =
    value.taints.length === 0 && value.name === '' && value.objects.length === 0 && !value.isLiteral;
  if ('constant' in value && value.constant === undefined && value.isLiteral) return given;
  // A value of which nothing is known stays so: the default is one of many that it can have.
  return isUnknown && value.functions.length === 0
    ? { ...given, isLiteral: false, ...('text' in given ? { text: '\0' } : {}) }
    : join([value, given]);
}

function withoutFields(value: Value, names: readonly string[]): Value {
  const objects = value.objects.map((object) => {
    const rest = objectValue(object.isArray);
    for (const [name, held] of object.fields) if (!names.includes(name)) rest.fields.set(name, held);
    rest.elements = object.elements;
    rest.isOpen = object.isOpen;
    return rest;
  });
  return { ...UNKNOWN, name: value.name, taints: value.taints, objects };
}
