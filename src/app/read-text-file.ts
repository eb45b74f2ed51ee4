import { readFile } from 'node:fs/promises';
import { UserError } from '../domain/errors.ts';

/** Reads a text file that an option names; `UserError` when it cannot be read. */
export async function readTextFile(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(
      `${option}: could not read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}
