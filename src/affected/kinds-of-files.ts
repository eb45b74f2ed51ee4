import { basename } from 'node:path/posix';

const LOCK_FILE =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|composer\.lock|Gemfile\.lock|poetry\.lock|uv\.lock|Cargo\.lock|go\.sum)$/;
const MANIFEST =
  /^(?:package\.json|pnpm-workspace\.yaml|composer\.json|Gemfile|pyproject\.toml|requirements\.txt|go\.mod|Cargo\.toml)$/;
const CONFIGURATION =
  /^(?:[jt]sconfig[\w.-]*\.json|(?:next|nuxt|vite|vitest|svelte|astro|remix|react-router|vue|webpack|rollup|babel|postcss|tailwind|craco|angular|nest-cli|turbo|nx|app|eslint|prettier|biome|jest|playwright)\.config\.[cm]?[jt]s(?:on)?|angular\.json|nx\.json|turbo\.json|nest-cli\.json|biome\.jsonc?|\.babelrc(?:\.json)?|\.browserslistrc|\.npmrc|\.nvmrc|\.env[\w.-]*|Dockerfile|docker-compose[\w.-]*\.ya?ml|vercel\.json|netlify\.toml|wrangler\.(?:toml|jsonc?)|firebase\.json|Procfile|Makefile)$/;
const OF_TESTS =
  /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|__snapshots__|tests?|e2e|cypress|playwright|spec)\/|[.-](?:test|tests|spec|e2e|cy|stories|story|bench)\.[cm]?[jt]sx?$|\.snap$|\.storybook\//i;
const OF_DOCUMENTATION =
  /(?:^|\/)docs?\/.*\.(?:md|mdx|txt|rst|adoc)$|(?:^|\/)(?:README|CHANGELOG|LICENSE|CONTRIBUTING|CODEOWNERS|SECURITY)[^/]*$|^[^/]*\.(?:md|rst|adoc|txt)$/i;
const OF_AUTOMATION =
  /^\.(?:github|gitlab|circleci|husky|vscode|idea|changeset|devcontainer)\/|^\.gitlab-ci\.yml$|(?:^|\/)\.(?:git\w+|editorconfig|prettier\w*|eslint[\w.]*)$/;
const BUILT =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|bower_components|\.yarn|\.next|\.nuxt|\.output|\.svelte-kit|\.angular|\.astro|dist|build|out|coverage|storybook-static)\/|\.min\.(?:[cm]?js|css)$|\.d\.[cm]?ts$|\.map$/i;

/** What a changed file is to the product, as its name says. */
export type FileKind =
  | 'source'
  | 'lock file'
  | 'manifest'
  | 'configuration'
  | 'test'
  | 'documentation'
  | 'automation';

export function kindOfFile(path: string): FileKind {
  const name = basename(path);
  if (LOCK_FILE.test(name)) return 'lock file';
  if (OF_AUTOMATION.test(path)) return 'automation';
  if (OF_TESTS.test(path)) return 'test';
  if (MANIFEST.test(name)) return 'manifest';
  if (CONFIGURATION.test(name)) return 'configuration';
  if (OF_DOCUMENTATION.test(path)) return 'documentation';
  return 'source';
}

export const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
export const COMPONENT = /\.(?:vue|svelte|astro)$/i;
export const STYLE = /\.(?:css|scss|sass|less|styl|pcss|postcss)$/i;
export const MARKUP = /\.(?:html?|mdx?|markdown)$/i;
/** Templates that a server fills. */
export const TEMPLATE = /\.(?:ejs|hbs|handlebars|pug|njk|nunjucks|mustache|eta|liquid)$/i;
const SETTINGS = /(?:^|\/)(?:package|[jt]sconfig[\w.-]*)\.json$/;

/** Whether a file may take part in what the product shows, or says how its files are found. */
export function isRead(path: string): boolean {
  if (BUILT.test(path) || OF_TESTS.test(path)) return false;
  return [SCRIPT, COMPONENT, STYLE, MARKUP, TEMPLATE, SETTINGS].some((kind) => kind.test(path));
}
