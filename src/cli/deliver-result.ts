import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { type Finding, isAtOrAbove, type Severity } from '../domain/finding.ts';
import { EXIT, type Terminal } from './command.ts';

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
