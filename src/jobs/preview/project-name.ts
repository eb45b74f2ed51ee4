/** Words of an environment's name that say what it is for, not what is deployed there. */
const PURPOSES =
  /\b(?:deploy(?:ment)?|preview|previews|review|production|prod|staging|stage|development|dev|test|qa|uat|live|env(?:ironment)?|branch|pull request|merge request)\b/giu;

/** Names of environments that people use, in whole words or as a part of one. */
const IN_USE = /prod|live|main|master|release|www/iu;
const MADE_TO_BE_TRIED = /preview|review|\bpr\b|pull|deploy-preview/iu;

/**
 * What is deployed, of several in one repository, by the name of an environment, a status or a check run; lower case,
 * empty when the name says only what the environment is for.
 *
 * `Preview – web` (with an en dash, as Vercel writes it), `web (Preview)`, `shop - web PR #12` and
 * `netlify/web/deploy-preview` are `web`, `web`, `shop web` and `web`. `drop` are texts that name the pull request or
 * the service and are left out: its branch, `Vercel`.
 */
export function projectName(name: string, drop: readonly string[] = []): string {
  let rest = name.slice(0, 300).toLowerCase();
  for (const text of drop) {
    if (text.length > 2) rest = withoutWord(rest, text.toLowerCase());
  }
  return (
    rest
      .replace(/\b(?:pr|mr|pull|pull[ -]request)[\s#/-]*\d+\b/gu, ' ')
      .replace(/deploy-preview(?:-\d+)?/gu, ' ')
      .replace(PURPOSES, ' ')
      // Numbers, and the names of commits.
      .replace(/#\d+|(?<![\w-])(?:\d+|[0-9a-f]{7,40})(?![\w-])/gu, ' ')
      .replace(/[^\p{L}\p{N}._@-]+/gu, ' ')
      .replace(/(?<![\p{L}\p{N}])[-._]+|[-._]+(?![\p{L}\p{N}])/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/** Without `word` where no letter or digit goes before or after it. */
function withoutWord(text: string, word: string): string {
  const literal = word.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), ' ');
}

/** What the environment is for: where changes are tried, where people work, or something else. */
export function purposeOf(environment: string): 'preview' | 'in-use' | 'other' {
  if (MADE_TO_BE_TRIED.test(environment)) return 'preview';
  return IN_USE.test(environment) ? 'in-use' : 'other';
}
