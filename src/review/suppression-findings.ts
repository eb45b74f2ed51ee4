import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangedFile } from './collect-change.ts';
import type { Diagnostic } from './ports.ts';
import type { Suppression } from './suppressions.ts';

const SECURITY = /secretlint|nosec|security|\bS\d{3}\b|no-eval|no-new-func|no-implied-eval/i;
/** Rules that find mistakes, of the linters that the directives are written for. What is a matter of taste is nobody's loss. */
const MISTAKES =
  /\b(?:no-(?:floating|misused|unreachable|constant|dupe|duplicate|self|unsafe|undef\b|fallthrough|const-assign|cond-assign|async-promise|unused-expressions|array-delete|import-assign|func-assign|sparse|invalid)|await-thenable|array-callback|exhaustive-deps|rules-of-hooks|use-isnan|valid-typeof|switch-exhaustiveness|return-await|require-atomic)|\bcorrectness\/|\b(?:F\d{3}|E9\d\d|B0\d\d|PLE\d{4})\b/i;
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
  return SECURITY.test(`${directive} ${rest}`) ? 'security' : 'logic';
}

function counts(suppression: Suppression, path: string): boolean {
  if (categoryOf(suppression) === 'security') return true;
  if (isExplained(suppression)) return false;
  if (WHOLE_FILE.test(suppression.directive))
    return !namesRules(suppression) || MISTAKES.test(suppression.rest);
  if (TEST_FILE.test(path)) return false;
  return !namesRules(suppression) || MISTAKES.test(suppression.rest);
}

/** Whether it is about certain rules; one that is not silences everything. */
function namesRules({ directive, rest }: Suppression): boolean {
  return !/^@ts-/i.test(directive) && /\w/.test(withoutCloser(rest).replace(/\s--.*$/, ''));
}

/** Whether words say why: after `--`, after the colon of Biome's form, or behind a directive that takes no rules. */
function isExplained({ directive, rest }: Suppression): boolean {
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
