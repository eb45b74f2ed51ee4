import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangedFile } from './collect-change.ts';
import type { Diagnostic } from './ports.ts';
import type { Suppression } from './suppressions.ts';

const STYLE_ONLY =
  /^biome-ignore|no-explicit-any|no-non-null-assertion|no-unused-vars|naming|prefer-|max-|camelcase/i;
const SECURITY = /secretlint|nosec|security|\bS\d{3}\b|no-eval|no-new-func|no-implied-eval/i;
/** Directives that switch off the whole file when no rule follows. */
const WHOLE_FILE =
  /^(?:(?:eslint|oxlint)-disable$|biome-ignore-all|@ts-nocheck|(?:ruff|flake8):\s?noqa|ruff:\s?disable)/i;
const TEST_FILE =
  /(?:^|\/)(?:tests?|__tests__|specs?|fixtures?|e2e)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]*\.py$/i;

/**
 * The suppressions that the diff adds and nobody explains, for the reviewer whose rules they concern.
 *
 * In tests, which must do what types and linters forbid, only those count that switch off a whole file or concern
 * security.
 */
export function suppressionDiagnostics(
  files: readonly ChangedFile[],
  category: ReviewCategory,
): readonly Diagnostic[] {
  return files.flatMap(({ path, suppressions }) =>
    suppressions
      .filter((suppression) => categoryOf(suppression) === category && counts(suppression, path))
      .map(({ directive, rest, line }) => ({
        rule: 'firsthand/suppression',
        path,
        startLine: line,
        endLine: line,
        message: `${directive} ${withoutCloser(rest)}`.trim(),
      })),
  );
}

function withoutCloser(rest: string): string {
  return rest.replace(/\s*(?:\*\/|-->).*$/, '');
}

function categoryOf({ directive, rest }: Suppression): ReviewCategory {
  const text = `${directive} ${rest}`;
  if (SECURITY.test(text)) return 'security';
  return STYLE_ONLY.test(text) ? 'style' : 'logic';
}

function counts(suppression: Suppression, path: string): boolean {
  const { directive, rest } = suppression;
  if (categoryOf(suppression) === 'security') return true;
  if (WHOLE_FILE.test(directive) && !isExplained(suppression)) return true;
  return !TEST_FILE.test(path) && !isExplained({ directive, rest });
}

/** Whether words say why: after `--`, after the colon of Biome's form, or behind a directive that takes no rules. */
function isExplained({ directive, rest }: Pick<Suppression, 'directive' | 'rest'>): boolean {
  const plain = withoutCloser(rest);
  const reason = /^@ts-/i.test(directive)
    ? plain.replace(/^[\s:–-]+/, '')
    : (/\s--+\s*(.+)$/.exec(plain)?.[1] ??
      (/^biome/i.test(directive) ? plain.split(':').slice(1).join(':') : ''));
  return (
    reason
      .trim()
      .split(/\s+/)
      .filter((word) => /\w/.test(word)).length >= 2
  );
}
