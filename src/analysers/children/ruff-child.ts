import ruff from '@astral-sh/ruff-wasm-nodejs';
import { z } from 'zod';
import type { Diagnostic } from '../../review/ports.ts';
import { serveChild } from './child-protocol.ts';
import { hasLiteralArgument } from './python-arguments.ts';

const position = z.object({ row: z.int(), column: z.int() });
const resultSchema = z.array(
  z.object({
    code: z.string().nullable(),
    message: z.string(),
    start_location: position,
    end_location: position,
  }),
);
type RuffDiagnostic = z.infer<typeof resultSchema>[number];

/** Sinks that are harmless with a literal: what they are given decides. */
const ARGUMENT_DECIDES: ReadonlySet<string> = new Set(['S610', 'S611']);

await serveChild(async ({ rules }) => {
  const workspace = new ruff.Workspace(
    { preview: false, 'target-version': 'py312', lint: { select: rules } },
    ruff.PositionEncoding.Utf16,
  );
  return async (path, text) => {
    const found = resultSchema.parse(workspace.check(text));
    const invalid = found.filter(({ code }) => code === 'invalid-syntax' || code === 'E999' || code === null);
    if (invalid[0] !== undefined) {
      const diagnostics = rules.includes('E9') ? [toDiagnostic(path, invalid[0], 'parse-error')] : [];
      return { why: `does not parse: ${invalid[0].message}`, diagnostics };
    }
    return found
      .filter((diagnostic) => isTelling(diagnostic, text))
      .map((diagnostic) => toDiagnostic(path, diagnostic, diagnostic.code ?? 'unknown'));
  };
});

function toDiagnostic(
  path: string,
  { message, start_location, end_location }: RuffDiagnostic,
  code: string,
): Diagnostic {
  return { rule: `ruff/${code}`, path, startLine: start_location.row, endLine: end_location.row, message };
}

function isTelling({ code, start_location }: RuffDiagnostic, text: string): boolean {
  const start = offsetOf(text, start_location);
  if (ARGUMENT_DECIDES.has(code ?? '')) return !hasLiteralArgument(text, start);
  return true;
}

function offsetOf(text: string, { row, column }: z.infer<typeof position>): number {
  let start = 0;
  for (let line = 1; line < row; line++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start + column - 1;
}
