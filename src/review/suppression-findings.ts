import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangedFile } from './collect-change.ts';
import type { Diagnostic } from './ports.ts';

const STYLE_ONLY = /^biome-ignore/i;
const SECURITY = /secretlint|nosec|security|\bS\d{3}\b|no-eval|no-new-func|no-implied-eval/i;

/** Each suppression that the diff adds, for the reviewer whose rules it concerns. */
export function suppressionDiagnostics(
  files: readonly ChangedFile[],
  category: ReviewCategory,
): readonly Diagnostic[] {
  return files.flatMap(({ path, suppressions }) =>
    suppressions
      .filter(({ directive, rest }) => categoryOf(`${directive} ${rest}`) === category)
      .map(({ directive, rest, line }) => ({
        rule: 'firsthand/suppression',
        path,
        startLine: line,
        endLine: line,
        message: `${directive} ${rest.replace(/\s*(?:\*\/|-->).*$/, '')}`.trim(),
      })),
  );
}

function categoryOf(text: string): ReviewCategory {
  if (SECURITY.test(text)) return 'security';
  return STYLE_ONLY.test(text) ? 'style' : 'logic';
}
