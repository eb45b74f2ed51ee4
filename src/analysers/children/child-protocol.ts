import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../review/ports.ts';

/** What a child of ours is told, as JSON on its standard input. */
export interface ChildRequest {
  readonly folder: string;
  readonly paths: readonly string[];
  /** Names of the rules to apply, where the tool takes any. */
  readonly rules: readonly string[];
  /** Every file of the stage, for a tool that follows imports. */
  readonly staged?: readonly string[];
}

/** What a child prints, one JSON document a line, one for each path in turn. */
export type ChildReply =
  | { readonly path: string; readonly kind: 'analysed'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly path: string;
      readonly kind: 'failed';
      readonly why: string;
      readonly diagnostics: readonly Diagnostic[];
    };

/** Runs `analyse` on each file of the request and prints what came of it; a file that throws costs itself only. */
export async function serveChild(
  open: (
    request: ChildRequest,
  ) => Promise<(path: string, text: string) => Promise<readonly Diagnostic[] | UnreadableFile>>,
): Promise<void> {
  await servePaths(async (request: ChildRequest) => {
    const analyse = await open(request);
    return async (path) => await analyse(path, readFileSync(join(request.folder, path), 'utf8'));
  });
}

/** As `serveChild`, for a child that finds the files' texts itself. */
export async function servePaths<Request extends ChildRequest>(
  open: (request: Request) => Promise<(path: string) => Promise<readonly Diagnostic[] | UnreadableFile>>,
): Promise<void> {
  // The parent is ours and writes this request itself.
  const request = JSON.parse(readFileSync(0, 'utf8')) as Request;
  const analyse = await open(request);
  for (const path of request.paths) {
    process.stdout.write(`${JSON.stringify(await reply(path, analyse))}\n`);
  }
}

/** A file that the tool cannot read, with what it says about it. */
export interface UnreadableFile {
  readonly why: string;
  readonly diagnostics: readonly Diagnostic[];
}

async function reply(
  path: string,
  analyse: (path: string) => Promise<readonly Diagnostic[] | UnreadableFile>,
): Promise<ChildReply> {
  try {
    const result = await analyse(path);
    if ('why' in result) return { path, kind: 'failed', ...result };
    return { path, kind: 'analysed', diagnostics: result };
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'threw';
    return { path, kind: 'failed', why, diagnostics: [] };
  }
}
