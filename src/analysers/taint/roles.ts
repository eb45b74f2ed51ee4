import type { Decorator, ParamPattern, TSTypeAnnotation } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { spell } from './nodes.ts';
import { exceptionOf, nameValue, stepAt } from './take.ts';
import { type FunctionValue, UNKNOWN, type Value } from './value.ts';

/** What a parameter holds that no caller in the program has given, or `undefined` when nothing tells. */
export function roleOf(
  machine: Machine,
  parameter: ParamPattern,
  { fn, index }: { readonly fn: FunctionValue; readonly index: number },
): Value | undefined {
  const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  if (pattern.type === 'RestElement') return undefined;
  const inner = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
  const name = inner.type === 'Identifier' ? inner.name : '';
  const type = 'typeAnnotation' in inner ? typeName(inner.typeAnnotation) : '';
  const decorators = (parameter.decorators ?? []).map(decoratorName);
  const call = machine.state.registration;
  const found = machine.rules.roles.find(({ role, patterns }) => {
    if (role.position !== undefined && role.position !== index) return false;
    if (role.decorator !== undefined) return decorators.some((one) => role.decorator?.test(one));
    if (role.type !== undefined) return role.type.test(type);
    if (role.functionName !== undefined && !role.functionName.test(fn.name)) return false;
    if (patterns.length > 0) {
      if (call === undefined) return false;
      if (!patterns.some(({ isSpelled, regex }) => regex.test(isSpelled ? call.spelled : call.name)))
        return false;
    }
    return role.parameter?.test(name) ?? true;
  });
  if (found !== undefined) {
    const node = inner;
    return nameValue(machine, UNKNOWN, {
      name: found.role.gives,
      spelled: name === '' ? found.role.gives : name,
      node,
    });
  }
  const isError = index === 0 && call !== undefined && /^(?:e|err|error|ex)$/.test(name);
  return isError ? exceptionOf(call.given) : undefined;
}

/** A parameter of a function that only callers outside of what was read can call. */
export function parameterValue(
  machine: Machine,
  parameter: ParamPattern,
  fn: FunctionValue,
  index: number,
): Value {
  const role = roleOf(machine, parameter, { fn, index });
  if (role !== undefined) return role;
  const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const name =
    'name' in pattern ? pattern.name : `parameter ${index + 1} of ${fn.name === '' ? 'a function' : fn.name}`;
  const key = `${fn.node.start}:${name}`;
  const step = stepAt(machine, pattern);
  return {
    ...UNKNOWN,
    taints: [{ origin: 'parameter', key, isWhole: true, lead: '', cleared: new Set(), step }],
  };
}

function decoratorName({ expression }: Decorator): string {
  return spell(expression).replace(/\(\)$/, '');
}

function typeName(annotation: TSTypeAnnotation | null | undefined): string {
  const type = annotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference') return '';
  const name = type.typeName;
  if (name.type === 'Identifier') return name.name;
  return name.type === 'TSQualifiedName' && name.left.type === 'Identifier'
    ? `${name.left.name}.${name.right.name}`
    : '';
}
