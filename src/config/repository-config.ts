import { LineCounter, type Node, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import { reviewSettingsSchema } from '../review/settings.ts';
import { verifySettingsShape } from '../verify/settings.ts';
import { CONFIG_PATH } from './config-path.ts';

/** Larger files are refused: a page of flows is a few kilobytes. */
const MAX_CONFIG_LENGTH = 200_000;
/** More mistakes than these are counted, not listed. */
const MAX_PROBLEMS = 50;

export const repositoryConfigSchema = z
  .strictObject({ review: reviewSettingsSchema.prefault({}), ...verifySettingsShape })
  .superRefine((config, context) => {
    const seen = new Set<string>();
    for (const [index, flow] of config.flows.entries()) {
      if (seen.has(flow.name)) {
        context.addIssue({
          code: 'custom',
          path: ['flows', index, 'name'],
          message: `a second flow is named “${flow.name}”`,
        });
      }
      seen.add(flow.name);
      if (flow.as !== undefined && config.accounts[flow.as] === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['flows', index, 'as'],
          message: `there is no account “${flow.as}” in accounts`,
        });
      }
    }
  });

/** The whole of `.github/firsthand.yml`, defaults filled in. `VerifySettings` is a part of it. */
export type RepositoryConfig = z.infer<typeof repositoryConfigSchema>;

/**
 * Parses the repository's configuration; an absent or empty file gives the defaults.
 *
 * Throws `UserError` that lists every problem at once, each with file, line and key.
 */
export function parseRepositoryConfig(
  text: string | undefined,
  file: string = CONFIG_PATH,
): RepositoryConfig {
  if (text === undefined || text.trim() === '') return repositoryConfigSchema.parse({});
  if (text.length > MAX_CONFIG_LENGTH) {
    throw new UserError(`${file} has ${text.length} characters; at most ${MAX_CONFIG_LENGTH} are read`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: '1.2' });
  const broken = document.errors.map((error) => {
    const { line } = lines.linePos(error.pos[0]);
    return `${file}:${line}: ${error.message.split(' at line ')[0] ?? error.message}`;
  });
  if (broken.length > 0) throw new UserError(`${file} is not valid YAML\n${broken.join('\n')}`);
  // Aliases can make a small file a huge one; `maxAliasCount` ends that with an error.
  const parsed = repositoryConfigSchema.safeParse(toPlain(document, file) ?? {});
  if (parsed.success) return parsed.data;
  const found = flatten(parsed.error.issues);
  const problems = found.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    const line = lineOf(document.getIn(path.slice(), true), path, document, lines);
    return `${file}:${line}: ${path.length === 0 ? '(top level)' : formatPath(path)}: ${message}`;
  });
  const rest = found.length > MAX_PROBLEMS ? `\n… and ${found.length - MAX_PROBLEMS} more` : '';
  throw new UserError(
    `${file} has ${found.length === 1 ? 'a mistake' : 'mistakes'}\n${problems.join('\n')}${rest}`,
  );
}

type ParsedDocument = ReturnType<typeof parseDocument>;

function toPlain(document: ParsedDocument, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    throw new UserError(`${file} uses too many aliases`, { cause });
  }
}

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Unknown keys are named one by one; of a union's branches, the one that got furthest speaks. */
function flatten(
  issues: readonly z.core.$ZodIssue[],
  prefix: readonly (string | number)[] = [],
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const path = [...prefix, ...issue.path.filter((part) => typeof part !== 'symbol')];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known key' }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      return flatten(furthestBranch(issue.errors), path);
    }
    return [{ path, message: issue.message }];
  });
}

function furthestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const depth = (issues: readonly z.core.$ZodIssue[]): number =>
    Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_union' ? 1 : 0)));
  const wrongType = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type') ? 1 : 0;
  return (
    [...branches].sort(
      (a, b) => depth(b) - depth(a) || wrongType(a) - wrongType(b) || a.length - b.length,
    )[0] ?? []
  );
}

function lineOf(
  node: unknown,
  path: readonly (string | number)[],
  document: ParsedDocument,
  lines: LineCounter,
): number {
  const key = path.at(-1);
  let position = isNode(node) ? node.range?.[0] : undefined;
  // The key says where the mistake stands better than a value on a later line.
  visit(document, {
    Pair(_, pair) {
      if (isNode(pair.key) && pair.value === node && node !== undefined && String(pair.key) === String(key)) {
        position = pair.key.range?.[0];
        return visit.BREAK;
      }
      return undefined;
    },
  });
  if (position === undefined && path.length > 0) {
    return lineOf(document.getIn(path.slice(0, -1), true), path.slice(0, -1), document, lines);
  }
  return position === undefined ? 1 : lines.linePos(position).line;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}
