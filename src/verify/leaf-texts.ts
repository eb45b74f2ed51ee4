/** Roles whose text only repeats that of the lines below them. */
const CONTAINERS =
  /^(?:row|rowgroup|table|list|listitem|group|article|region|main|form|document|banner|navigation)\b/;

/** The texts of a snapshot in reading order, without addresses and without what containers repeat. */
export function leafTexts(snapshot: string): readonly string[] {
  const lines = snapshot.split('\n');
  return lines.flatMap((line, index) => {
    const content = line
      .trimStart()
      .replace(/^- /, '')
      .replace(/^'(.*?)'(:?)/, '$1$2');
    if (content.startsWith('/')) return [];
    const hasChildren = content.endsWith(':') && indent(lines[index + 1] ?? '') > indent(line);
    if (hasChildren && CONTAINERS.test(content)) return [];
    const parts = /^([\w-]+)(?: "((?:[^"\\]|\\.)*)")?(?: \[[^\]]*\])*(?::\s*(.*))?$/.exec(content);
    const text = parts === null ? content : `${parts[2] ?? ''} ${unquote(parts[3] ?? '')}`;
    const folded = text.replace(/\\"/g, '"').replace(/\s+/g, ' ').trim();
    return folded === '' ? [] : [folded];
  });
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
