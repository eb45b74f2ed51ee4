import type { Site, Weakness } from '../weakness.ts';

/** `target[key] = value`. */
const WRITE = /^(?<target>[\w$.]+)\[(?<key>[\w$]+(?:\[[\w$]+\])?)\]\s*=(?!=)\s*(?<value>.*)$/;
/** What only makes room for what is written next. */
const MAKES_ROOM =
  /^\{\s*\}|^\[\s*\]|\|\|\s*\{\s*\}|\?\?=?\s*\{\s*\}|^Object\.create\(null\)|\?\s*\{\s*\}|:\s*\{\s*\}$/;

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The function looks at the name of the property, or whether the target has it itself. */
function isGuarded(code: string, target: string, key: string): boolean {
  const [t, k] = [quoted(target), quoted(key)];
  const refusesBoth = /__proto__/.test(code) && /['"]constructor['"]/.test(code);
  const asksFunction = new RegExp(
    `(?:\\b|_)(?:is|has|check|validate|assert)\\w*\\(\\s*${k}\\b|\\b(?:indexOf|includes|has|test)\\(\\s*${k}\\b`,
    'i',
  );
  const asksTarget = new RegExp(
    `\\b${t}\\??\\.hasOwnProperty\\(|\\b\\w*hasOwn\\w*(?:\\.call)?\\(\\s*${t}\\s*,|\\bin\\s+${t}\\s*\\)|instanceof Object|Object\\.create\\(null\\)|new Map\\b`,
    'i',
  );
  const isFresh = new RegExp(
    `(?:const|let|var)\\s+${t}\\s*(?::[^=]*)?=\\s*(?:\\{|Object\\.assign\\(\\s*\\{|\\w*(?:copy|clone)\\w*\\(|structuredClone)`,
    'i',
  );
  const refusesWithType = /__proto__/.test(code) && /isPlainObject\(/i.test(code);
  return (
    refusesBoth || refusesWithType || isFresh.test(code) || asksFunction.test(code) || asksTarget.test(code)
  );
}

/** The value that is there already is handed on, together with the new one, to be merged. */
function mergesDeeply(site: Site): boolean {
  const { target = '', key = '', value = '' } = WRITE.exec(site.code)?.groups ?? {};
  const code = site.around();
  if (target === '' || MAKES_ROOM.test(value) || isGuarded(code, target, key)) return false;
  const [t, k] = [quoted(target), quoted(key)];
  const alias = new RegExp(`(?:let|var|const)\\s+(\\w+)\\s*=\\s*${t}\\[${k}\\]`).exec(code)?.[1];
  const there =
    alias === undefined ? `${t}\\[(?:${k}|[\\w$]+\\[[\\w$]+\\])\\]` : `(?:${alias}|${t}\\[${k}\\])`;
  const handed = new RegExp(`(?<callee>[\\w$.]+)\\(\\s*(?:true\\s*,\\s*)?${there}\\s*,\\s*[\\w$]`, 'g');
  return [...code.matchAll(handed)].some(({ groups }) => merges(groups?.['callee'] ?? '', site.purpose));
}

/** The function calls itself, or one that says that it merges. */
function merges(callee: string, purpose: string): boolean {
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  return (
    /merge|extend|copy|copies|assign|deep|mixin|defaults|recurs|^(?:callback|cb|fn|next)$/i.test(name) ||
    purpose.split(/[ .]/).includes(name)
  );
}

/** The target is replaced by what lies under one part of a path after the other. */
function walksPath(site: Site): boolean {
  const { target = '', key = '', value = '' } = WRITE.exec(site.code)?.groups ?? {};
  const code = site.around();
  if (target === '' || MAKES_ROOM.test(value) || isGuarded(code, target, key)) return false;
  const t = quoted(target);
  return (
    new RegExp(`(?<![\\w.])${t}\\s*=\\s*(?:[^;=]*=\\s*)?\\(?\\s*${t}\\[`).test(code) &&
    /\b(?:for|while|forEach|reduce)\b/.test(code) &&
    /\bsplit\(|path|keys|parts|segments/i.test(code)
  );
}

export const MERGING_FUNCTIONS: readonly Weakness[] = [
  {
    id: 'merge-into-prototype',
    cwe: 1321,
    text: {
      title: 'This function can write into the prototype of all objects',
      body: 'Where the data has a property named `__proto__` or `constructor`, what is reached is no part of the target but the prototype that all objects share, and the value is written there. Skip both names, or go on only where `Object.hasOwn(target, key)`.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      {
        writes: ['~*.[]', '~[].[]', '**.[]'],
        when: (site) => mergesDeeply(site) || walksPath(site),
      },
    ],
    bad: [
      'export function merge(target, source) {\n  for (const key in source) {\n    if (typeof target[key] === "object") merge(target[key], source[key]);\n    else target[key] = source[key];\n  }\n}',
      "export function setAt(target, path, value) {\n  const parts = path.split('.');\n  const last = parts.pop();\n  for (const part of parts) {\n    target = target[part];\n  }\n  target[last] = value;\n}",
    ],
    good: [
      'export function merge(target, source) {\n  for (const key in source) {\n    if (key === "__proto__" || key === "constructor") continue;\n    if (typeof target[key] === "object") merge(target[key], source[key]);\n    else target[key] = source[key];\n  }\n}',
      'export function merge(target, source) {\n  for (const key in source) {\n    if (Object.hasOwn(target, key)) merge(target[key], source[key]);\n    else target[key] = source[key];\n  }\n}',
      'export function extend(target, source) {\n  for (const key in source) target[key] = source[key];\n}',
    ],
  },
];
