import type { Class } from 'oxc-parser';
import { callFunction, createFunction } from './functions.ts';
import type { Machine } from './machine.ts';
import { keyName } from './nodes.ts';
import { parameterValue } from './roles.ts';
import { openScope } from './scope.ts';
import type { Scope } from './value.ts';
import { type ClassValue, objectValue, UNKNOWN, type Value } from './value.ts';

/** A class as a value. One instance is made at once, whose constructor gets what callers outside may give. */
export function createClass(node: Class, scope: Scope, machine: Machine): Value {
  const made: ClassValue = { node, scope, file: machine.state.file };
  const statics = objectValue();
  const value: Value = { ...UNKNOWN, classes: [made], objects: [statics] };
  for (const { expression } of [
    node.decorators,
    ...node.body.body.map((member) => ('decorators' in member ? (member.decorators ?? []) : [])),
  ].flat()) {
    machine.evaluate(expression, scope);
  }
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock')
      machine.execute(member.body, openScope(scope, { depth: machine.state.depth, self: value }));
    if ((member.type !== 'PropertyDefinition' && member.type !== 'MethodDefinition') || !member.static)
      continue;
    const name = keyName(member.key, member.computed) ?? '';
    const held =
      member.type === 'MethodDefinition'
        ? createFunction(member.value, scope, machine, { self: value, name })
        : member.value === null
          ? UNKNOWN
          : machine.evaluate(member.value, openScope(scope, { depth: machine.state.depth, self: value }));
    statics.fields.set(name, held);
  }
  instantiate(machine, made);
  return value;
}

const MAX_ANCESTORS = 4;

/** Makes an instance. Without arguments, the constructor gets what callers outside may give. */
export function instantiate(
  machine: Machine,
  { node, scope, file }: ClassValue,
  args?: readonly Value[],
): Value {
  const instance = objectValue();
  const self: Value = { ...UNKNOWN, objects: [instance] };
  const { state } = machine;
  const outer = state.file;
  state.file = file;
  const constructors: Value[] = [];
  const chain = ancestors(machine, { node, scope, file });
  for (const one of chain) {
    const inner = openScope(one.scope, { depth: state.depth, self });
    for (const member of one.node.body.body) {
      if ((member.type !== 'PropertyDefinition' && member.type !== 'MethodDefinition') || member.static)
        continue;
      const name = keyName(member.key, member.computed) ?? '';
      const held =
        member.type === 'MethodDefinition'
          ? createFunction(member.value, inner, machine, { self, name })
          : UNKNOWN;
      if (member.type === 'PropertyDefinition' && member.value !== null) {
        state.purpose = name;
        instance.fields.set(name, machine.evaluate(member.value, inner));
        state.purpose = '';
      } else if (member.type === 'MethodDefinition' && member.kind === 'constructor') constructors.push(held);
      else if (member.type === 'MethodDefinition') instance.fields.set(name, held);
    }
  }
  const constructor = constructors.at(-1)?.functions[0];
  if (constructor !== undefined) {
    const given =
      args ?? constructor.node.params.map((one, index) => parameterValue(machine, one, constructor, index));
    callFunction(machine, constructor, given, self);
  }
  state.file = outer;
  return self;
}

/** The class and those that it extends, furthest first. */
function ancestors(machine: Machine, own: ClassValue): readonly ClassValue[] {
  const chain = [own];
  for (let at = own; at.node.superClass !== null && chain.length < MAX_ANCESTORS; ) {
    const [parent] = machine.evaluate(at.node.superClass, at.scope).classes;
    if (parent === undefined || chain.includes(parent)) break;
    chain.unshift(parent);
    at = parent;
  }
  return chain;
}
