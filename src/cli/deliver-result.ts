import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { type Finding, isAtOrAbove, type Severity } from '../domain/finding.ts';
import { EXIT, type Terminal } from './command.ts';

/** Throws `UserError` when `--output` cannot be written, before minutes of work are spent on what goes there. */
export async function checkOutput(output: string | undefined, terminal: Terminal): Promise<void> {
  if (output === undefined) return;
  if (output === '') throw new UserError('--output takes the name of a file; got nothing');
  const file = resolve(terminal.cwd, output);
  const existing = await stat(file).catch(() => undefined);
  if (existing?.isDirectory() === true) {
    throw new UserError(`--output: ${file} is a folder; name a file in it`);
  }
  const written = existing === undefined ? dirname(file) : file;
  await access(written, constants.W_OK).catch((cause: unknown) => {
    throw new UserError(`--output: ${written} cannot be written (${codeOf(cause)})`, { cause });
  });
}

/** Makes the folder that `--out` names; throws `UserError` when it cannot be written. */
export async function prepareFolder(out: string, terminal: Terminal): Promise<string> {
  const folder = resolve(terminal.cwd, out);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new UserError(`--out: ${folder} cannot be written (${codeOf(cause)}); name another folder`, {
      cause,
    });
  }
  return folder;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** Writes a result to `--output` when given, else to stdout, ending in one line feed. */
export async function deliverResult(
  text: string,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  if (output === undefined) {
    terminal.stdout(whole);
    return;
  }
  const file = resolve(terminal.cwd, output);
  try {
    await writeFile(file, whole);
  } catch (cause) {
    throw new UserError(
      `could not write the result to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  }
}

/** 1 when a finding is at or above the threshold, else 0; without a threshold findings do not fail the command. */
export function exitCodeFor(findings: readonly Finding[], threshold: Severity | undefined): number {
  return threshold !== undefined && findings.some((finding) => isAtOrAbove(finding.severity, threshold))
    ? EXIT.findings
    : EXIT.clean;
}
