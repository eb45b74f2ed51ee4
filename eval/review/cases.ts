import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

const placeSchema = z.strictObject({
  path: z.string(),
  startLine: z.int().min(1),
  endLine: z.int().min(1),
  side: z.enum(['LEFT', 'RIGHT']).default('RIGHT'),
  what: z.string(),
  /** Any of these in the finding's words, as a regular expression; left out, the place decides alone. */
  words: z.string().optional(),
});
export type Place = z.infer<typeof placeSchema>;

const caseSchema = z.strictObject({
  title: z.string(),
  description: z.string().default(''),
  /** What a reviewer should find. Empty for a clean pull request. */
  problems: z.array(placeSchema.extend({ severity: z.enum(['critical', 'high', 'medium', 'low']) })),
  /** What reviewers like to report here and is no problem. */
  nonProblems: z.array(placeSchema).default([]),
});

/** A pull request with what is known of it. */
export interface Case extends z.infer<typeof caseSchema> {
  readonly name: string;
  readonly base: Readonly<Record<string, Uint8Array>>;
  readonly head: Readonly<Record<string, Uint8Array>>;
}

/** Reads every folder below `folder` that holds `case.json`, `base/` and `head/`, in the order of their names. */
export async function readCases(folder: string): Promise<readonly Case[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return await Promise.all(
    names.sort().map(async (name) => ({
      name,
      ...caseSchema.parse(JSON.parse(await readFile(join(folder, name, 'case.json'), 'utf8'))),
      base: await readFiles(join(folder, name, 'base')),
      head: await readFiles(join(folder, name, 'head')),
    })),
  );
}

async function readFiles(folder: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (path) => [relative(folder, path), await readFile(path)] as const),
  );
  return Object.fromEntries(contents);
}
