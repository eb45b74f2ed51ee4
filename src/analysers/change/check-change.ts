import type { Diagnostic } from '../../review/ports.ts';
import type { Hit, Rule, SourceRule } from './change-rule.ts';
import type { ChangedSource, Project } from './project.ts';

/** What the rules say of one changed file. */
export function checkFile(
  file: ChangedSource,
  project: Project,
  rules: readonly Rule[],
): readonly Diagnostic[] {
  return rules
    .filter((rule) => rule.reads(file.path))
    .flatMap((rule) => {
      const hits = hitsOf(rule, file, project);
      return hits.map((hit) =>
        toDiagnostic(rule, file, mends(rule, file, { hit, hits, project }) ? hit : bare(hit)),
      );
    });
}

function hitsOf(rule: Rule, file: ChangedSource, project: Project): readonly Hit[] {
  return rule.kind === 'source' ? newHits(rule, file) : rule.check(file, project);
}

/** Whether a hit's replacement parses, and leaves the rule with less to say. */
function mends(
  rule: Rule,
  file: ChangedSource,
  { hit, hits, project }: { readonly hit: Hit; readonly hits: readonly Hit[]; readonly project: Project },
): boolean {
  const { startLine, endLine = startLine, replacement } = hit;
  if (replacement === undefined || file.head === undefined) return false;
  const lines = [...file.head.lines];
  lines.splice(startLine - 1, endLine - startLine + 1, replacement);
  const head = file.head.withText(lines.join('\n'));
  return head.parsed !== undefined && hitsOf(rule, { ...file, head }, project).length < hits.length;
}

function bare(hit: Hit): Hit {
  const { replacement: _unproven, ...rest } = hit;
  return rest;
}

/** Of what a rule says of the head, what it does not say of the base; of equals, those on added lines are new. */
function newHits(rule: SourceRule, { head, base, added }: ChangedSource): readonly Hit[] {
  if (head === undefined) return [];
  const lines = new Set(added);
  const hits = rule.check(head).filter(({ startLine, endLine = startLine }) => {
    for (let line = startLine; line <= endLine; line++) if (lines.has(line)) return true;
    return false;
  });
  if (hits.length === 0 || base === undefined) return hits;
  const known = Map.groupBy(rule.check(base), ({ subject }) => subject);
  const all = Map.groupBy(rule.check(head), ({ subject }) => subject);
  return [...Map.groupBy(hits, ({ subject }) => subject)].flatMap(([subject, group]) => {
    const more = (all.get(subject)?.length ?? 0) - (known.get(subject)?.length ?? 0);
    return group.slice(0, Math.max(0, more));
  });
}

function toDiagnostic({ rule }: Rule, { path }: ChangedSource, hit: Hit): Diagnostic {
  const { startLine, endLine = startLine, side, subject, places, replacement } = hit;
  return {
    rule,
    path,
    startLine,
    endLine,
    message: subject,
    ...(side === undefined ? {} : { side }),
    ...(places === undefined ? {} : { places }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}
