import type { ExportSpecifier, ImportDeclarationSpecifier, ModuleExportName, Statement } from 'oxc-parser';
import type { Language } from './language.ts';
import type { Machine } from './machine.ts';
import { within } from './python/resolve-python-module.ts';
import { openScope } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { moduleObjects } from './statements.ts';
import { addStep } from './take.ts';
import type { Scope } from './value.ts';
import { field, named, UNKNOWN, type Value } from './value.ts';

/** How modules are found and read. */
export interface ReadModule {
  open(path: string): SourceFile | undefined;
  has(path: string): boolean;
}

const MAX_MODULES = 300;
const MAX_DEPTH = 4;

/** Runs modules and links what they import; each is run once. */
export function createModules(
  machine: Machine,
  { read, language }: { readonly read: ReadModule; readonly language: Language },
): { run(path: string, why: 'requested' | 'imported'): Value; import(specifier: string): Value | undefined } {
  const done = new Map<string, Value>();
  let depth = 0;

  const { state } = machine;
  let imports = 0;

  function run(path: string, why: 'requested' | 'imported'): Value {
    const before = done.get(path);
    if (before !== undefined) return before;
    if (why === 'imported') imports += 1;
    const file =
      why === 'imported' && (imports > MAX_MODULES || depth > MAX_DEPTH) ? undefined : read.open(path);
    if (file === undefined) return UNKNOWN;
    const { exports, module } = moduleObjects();
    const exported = { ...UNKNOWN, objects: [exports] };
    // A module that imports itself in a circle sees what is exported so far.
    done.set(path, exported);
    const outer = {
      file: state.file,
      depth: state.depth,
      facts: state.facts.splice(0),
      purpose: state.purpose,
    };
    state.file = file;
    state.depth = 0;
    depth += 1;
    const scope = language.exportsAll
      ? openScope(undefined, { isFunction: true })
      : moduleScope(exported, { ...UNKNOWN, objects: [module], name: 'module' });
    try {
      runBody(machine, file, { scope, language, fields: exports.fields });
    } finally {
      depth -= 1;
      state.file = outer.file;
      state.depth = outer.depth;
      state.purpose = outer.purpose;
      state.facts.push(...outer.facts);
    }
    const whole = module.fields.get('exports') ?? exported;
    const result = whole.objects.includes(exports) ? exported : whole;
    done.set(path, result);
    return result;
  }

  function importModule(specifier: string): Value | undefined {
    const path = language.resolve(machine.state.file.path, specifier, (name) => read.has(name));
    if (path !== undefined) {
      const value = run(path, 'imported');
      if (value !== UNKNOWN) return value;
    }
    return named(
      specifier
        .replace(/^node:/, '')
        .replace(/^fs\/promises$/, 'fs')
        .replace(/\.js$/, ''),
    );
  }

  return { run, import: importModule };
}

/** Links the imports of a module, runs it, and collects what it exports. */
function runBody(
  machine: Machine,
  file: SourceFile,
  {
    scope,
    language,
    fields,
  }: { readonly scope: Scope; readonly language: Language; readonly fields: Map<string, Value> },
): void {
  const body = file.program.body as readonly Statement[]; // directives and imports are ignored as statements
  for (const one of body) if (one.type === 'ImportDeclaration') link(machine, one, { scope, language });
  machine.execute(body, scope);
  if (language.exportsAll) for (const [name, value] of scope.bindings) fields.set(name, value);
  for (const statement of body) collectExports(machine, statement, { scope, fields });
}

function declaredNames(
  declaration: Extract<Statement, { type: 'ExportNamedDeclaration' }>['declaration'],
): readonly string[] {
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  }
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') {
    return declaration.id === null ? [] : [declaration.id.name];
  }
  return [];
}

function imported(machine: Machine, module: Value, specifier: ImportDeclarationSpecifier): Value {
  const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return module;
  const held = field(module, name);
  if (held !== undefined) return addStep(machine, held, specifier);
  if (name === 'default') return module;
  return module.name === '' ? UNKNOWN : named(`${module.name}.${name}`);
}

function nameOf(name: ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}

/** What Python's `from package import module` names: a file of the package. */
function importedModule(
  machine: Machine,
  from: string,
  specifier: ImportDeclarationSpecifier,
): Value | undefined {
  if (specifier.type !== 'ImportSpecifier') return undefined;
  const module = machine.importModule(within(from, nameOf(specifier.imported)));
  return module === undefined || module.objects.length === 0 ? undefined : module;
}

/** Binds what an import declares. */
function link(
  machine: Machine,
  node: Extract<Statement, { type: 'ImportDeclaration' }>,
  { scope, language }: { readonly scope: Scope; readonly language: Language },
): void {
  if (node.importKind === 'type') return;
  const module = machine.importModule(node.source.value) ?? UNKNOWN;
  for (const specifier of node.specifiers) {
    scope.bindings.set(
      specifier.local.name,
      (language.exportsAll ? importedModule(machine, node.source.value, specifier) : undefined) ??
        imported(machine, module, specifier),
    );
  }
}

/** Adds what a statement exports to what its module exports. */
function collectExports(
  machine: Machine,
  statement: Statement,
  { scope, fields }: { readonly scope: Scope; readonly fields: Map<string, Value> },
): void {
  if (statement.type === 'ExportDefaultDeclaration') {
    const value = scope.bindings.get('*default*');
    if (value !== undefined) fields.set('default', value);
  } else if (statement.type === 'ExportAllDeclaration') {
    const module = machine.importModule(statement.source.value) ?? UNKNOWN;
    for (const object of module.objects)
      for (const [name, value] of object.fields) if (!fields.has(name)) fields.set(name, value);
  } else if (statement.type === 'ExportNamedDeclaration') {
    const { declaration, source } = statement;
    const from = source === null ? undefined : (machine.importModule(source.value) ?? UNKNOWN);
    for (const { local, exported } of statement.specifiers as readonly ExportSpecifier[]) {
      const value = from === undefined ? scope.bindings.get(nameOf(local)) : field(from, nameOf(local));
      if (value !== undefined) fields.set(nameOf(exported), value);
    }
    for (const name of declaredNames(declaration)) {
      const value = scope.bindings.get(name);
      if (value !== undefined) fields.set(name, value);
    }
  }
}

function moduleScope(exported: Value, module: Value): Scope {
  const scope = openScope(undefined, { isFunction: true });
  scope.bindings.set('module', module);
  scope.bindings.set('exports', { ...exported, name: 'exports' });
  return scope;
}
