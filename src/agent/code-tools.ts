import { z } from 'zod';
import type { CodeReader } from './code-reader.ts';
import type { Fence } from './fence.ts';
import { defineTool, type Tool } from './tool.ts';
import { visibleCode } from './untrusted-text.ts';

const MAX_LINES = 250;
const MAX_HITS = 40;
const MAX_LISTED = 150;

interface Surroundings {
  readonly fence: Fence;
  /** The file that the conversation is about: what lies near it is found first. */
  readonly near: string;
}

/** Read-only tools over the head's files. Nothing is checked out and nothing is followed out of the tree. */
export function codeTools(code: CodeReader, around: Surroundings): readonly Tool[] {
  return [readFileTool(code, around), ...searchTools(code, around), listFilesTool(code, around)];
}

function readFileTool(code: CodeReader, { fence }: Surroundings): Tool {
  return defineTool({
    name: 'read_file',
    description: `Reads lines of a file as it is after the change, at most ${MAX_LINES} at a time.`,
    input: z.object({
      path: z.string().max(500).describe('As the passages write it.'),
      startLine: z.int().min(1).optional(),
      endLine: z.int().min(1).optional(),
    }),
    async run({ path, startLine = 1, endLine = startLine + MAX_LINES - 1 }, signal) {
      const text = await code.read(path, signal);
      if (text === undefined) return 'There is no such text file after the change.';
      const lines = text.split('\n');
      const last = Math.min(endLine, startLine + MAX_LINES - 1, lines.length);
      return fence.wrap('file', numberLines(lines, startLine, last));
    },
  });
}

function searchTools(code: CodeReader, { fence, near }: Surroundings): readonly Tool[] {
  const search = async (text: string, isWord: boolean, signal: AbortSignal): Promise<string> => {
    const hits = await code.search(text, { near, isWord, max: MAX_HITS + 1 }, signal);
    if (hits.length === 0) return 'Nothing found.';
    const lines = hits
      .slice(0, MAX_HITS)
      .map((hit) => `${hit.path}:${hit.line}: ${visibleCode(hit.text.trim(), 200)}`);
    const more = hits.length > MAX_HITS ? `\nOnly the first ${MAX_HITS}.` : '';
    return `${fence.wrap('search', lines.join('\n'))}${more}`;
  };
  return [
    defineTool({
      name: 'search',
      description: 'Finds lines that contain a text, exactly as written, in all code files after the change.',
      input: z.object({ text: z.string().min(2).max(200) }),
      run: ({ text }, signal) => search(text, false, signal),
    }),
    defineTool({
      name: 'find_references',
      description: 'Finds lines that use or declare a name, in all code files after the change.',
      input: z.object({ name: z.string().min(2).max(100) }),
      run: ({ name }, signal) => search(name, true, signal),
    }),
  ];
}

function listFilesTool(code: CodeReader, { fence }: Surroundings): Tool {
  return defineTool({
    name: 'list_files',
    description: 'Lists the files in a folder and below it.',
    input: z.object({ folder: z.string().max(500).describe('Empty for the whole repository.') }),
    async run({ folder }, signal) {
      const prefix = folder.replace(/^\.?\/+|\/+$/g, '');
      const all = await code.list(signal);
      const inside = prefix === '' ? all : all.filter((path) => path.startsWith(`${prefix}/`));
      if (inside.length === 0) return 'There is no such folder.';
      const shown = inside.slice(0, MAX_LISTED).map((path) => visibleCode(path));
      const more = inside.length > MAX_LISTED ? [`… and ${inside.length - MAX_LISTED} more`] : [];
      return fence.wrap('files', [...shown, ...more].join('\n'));
    },
  });
}

/** Lines `first` to `last` (1-based, both ends included) as the passages show them. */
export function numberLines(lines: readonly string[], first: number, last: number): string {
  return lines
    .slice(first - 1, last)
    .map((line, index) => `${String(first + index).padStart(5)} |${visibleCode(line)}`)
    .join('\n');
}
