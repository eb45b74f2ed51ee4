import type { Source } from './source.ts';

/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  readonly rest: string;
  readonly startLine: number;
  readonly endLine: number;
}

export function isDockerfile(path: string): boolean {
  if (/(?:^|\/)(?:__fixtures__|fixtures|testdata)\//.test(path)) return false;
  return /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i.test(path);
}

/** Reads the instructions, top first: https://docs.docker.com/reference/dockerfile/#format */
export function readDockerfile({ lines }: Source): readonly Instruction[] {
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const match = /^\s*([A-Za-z]+)\s+(.*)$/.exec(lines[at] ?? '');
    if (match === null) continue;
    const startLine = at + 1;
    const parts = [match[2] ?? ''];
    while (/\\\s*$/.test(lines[at] ?? '') && at + 1 < lines.length) {
      at += 1;
      if (!/^\s*#/.test(lines[at] ?? '')) parts.push(lines[at] ?? '');
    }
    const rest = parts.map((part) => part.replace(/\\\s*$/, '')).join(' ');
    found.push({ name: (match[1] ?? '').toUpperCase(), rest, startLine, endLine: at + 1 });
  }
  return found;
}
