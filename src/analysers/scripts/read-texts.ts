import type { Program } from 'oxc-parser';
import type { ScriptText } from '../../affected/ports.ts';
import { walk } from '../change/source.ts';

const MAX_TEXTS = 5000;
const MAX_LENGTH = 300;
/** Attributes whose values people do not read. */
const SILENT =
  /^(?:className|class|id|key|style|href|src|to|type|name|rel|role|method|action|htmlFor|for|data-.*|xmlns.*|d|viewBox|fill|stroke|as|variant|size)$/;

const SILENT_NODES: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSLiteralType',
]);

/** The string literals, parts of templates and texts between tags, but for specifiers and names of classes and the like. */
export function readTexts(program: Program, lineOf: (offset: number) => number): readonly ScriptText[] {
  const texts: ScriptText[] = [];
  const add = (raw: string, offset: number): void => {
    const text = raw.replace(/\s+/g, ' ').trim();
    if (text.length < 2 || text.length > MAX_LENGTH || texts.length >= MAX_TEXTS) return;
    const lead = raw.length - raw.trimStart().length;
    texts.push({ line: lineOf(offset + lead), text });
  };
  walk(program, (node, parents) => {
    if (SILENT_NODES.has(node.type)) return 'skip';
    if (node.type === 'JSXAttribute')
      return node.name.type === 'JSXIdentifier' && SILENT.test(node.name.name) ? 'skip' : undefined;
    if (node.type === 'JSXText') add(node.value, node.start);
    else if (node.type === 'TemplateElement') add(node.value.cooked ?? node.value.raw, node.start);
    else if (node.type === 'Literal' && typeof node.value === 'string') {
      const parent = parents.at(-1);
      const isName =
        (parent?.type === 'Property' && parent.key === node) || parent?.type === 'ExpressionStatement';
      if (!isName) add(node.value, node.start);
    }
    return undefined;
  });
  return texts;
}
