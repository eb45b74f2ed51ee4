import type { EcmaScriptModule } from 'oxc-parser';
import type { ImportFact } from '../../affected/ports.ts';

const REQUIRE = /\brequire(?:\.resolve)?\(\s*(["'`])([^"'`\n]{1,500})\1\s*\)/g;
const ALL = { '*': '*' };

/** What a parsed module imports and hands on; imports of types alone do nothing when it runs and are left out. */
export function readImports(text: string, module: EcmaScriptModule): readonly ImportFact[] {
  const facts: ImportFact[] = [];
  for (const { moduleRequest, entries } of module.staticImports) {
    const values = entries.filter(({ isType }) => !isType);
    if (entries.length > 0 && values.length === 0) continue;
    facts.push({
      specifier: moduleRequest.value,
      names: Object.fromEntries(
        values.map(({ localName, importName }) => [localName.value, importedName(importName)]),
      ),
      isReexport: false,
    });
  }
  for (const { start, end } of module.dynamicImports.map(({ moduleRequest }) => moduleRequest)) {
    const literal = /^(["'`])([^"'`]{1,500})\1$/.exec(text.slice(start, end).trim())?.[2];
    if (literal !== undefined) facts.push({ specifier: literal, names: ALL, isReexport: false });
  }
  for (const [, , specifier = ''] of text.matchAll(REQUIRE))
    facts.push({ specifier, names: ALL, isReexport: false });
  return [...facts, ...readReexports(module)];
}

function readReexports(module: EcmaScriptModule): readonly ImportFact[] {
  const imported = new Map(
    module.staticImports.flatMap(({ moduleRequest, entries }) =>
      entries.map(
        (entry) => [entry.localName.value, { moduleRequest, name: importedName(entry.importName) }] as const,
      ),
    ),
  );
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, exportName, localName, isType }) => {
      if (isType) return [];
      const name = exportName.kind === 'Default' ? 'default' : (exportName.name ?? '*');
      if (moduleRequest === null) {
        // `import { A } from './a'; export { A }` is the same in two statements.
        const known = localName.name === null ? undefined : imported.get(localName.name);
        if (known === undefined) return [];
        return [{ specifier: known.moduleRequest.value, names: { [name]: known.name }, isReexport: true }];
      }
      const isAll = importName.kind === 'All' || importName.kind === 'AllButDefault';
      const from = isAll ? '*' : (importName.name ?? 'default');
      return [{ specifier: moduleRequest.value, names: { [name]: from }, isReexport: true }];
    }),
  );
}

function importedName({ kind, name }: { readonly kind: string; readonly name: string | null }): string {
  if (kind === 'NamespaceObject') return '*';
  return kind === 'Default' ? 'default' : (name ?? '*');
}
