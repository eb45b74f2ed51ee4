import type { ModelFinding, Reading } from '../agent/reading.ts';
import { describedInProduct } from '../domain/described-in-product.ts';
import type { Finding, ReviewCategory } from '../domain/finding.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import { createPieceRedactor } from '../lib/redact-pieces.ts';
import type { Change } from './collect-change.ts';
import { foldSpace, linesOf } from './new-diagnostics.ts';
import type { Claim, NotShown } from './to-findings.ts';

/**
 * What models found for one reviewer, as findings with identities, and what was held back.
 *
 * The identity is made of the category and the code: a model's words, and the class that it gives, change from run to
 * run. `tried` are those whose replacement was applied and analysed; only they offer it.
 */
export function toModelClaims(
  category: ReviewCategory,
  { findings, rejected }: Reading,
  {
    change,
    tried,
    secrets,
  }: {
    readonly change: Change;
    readonly tried: ReadonlySet<ModelFinding>;
    readonly secrets: readonly string[];
  },
): { readonly claims: readonly Claim[]; readonly notShown: readonly NotShown[] } {
  const clean = createPieceRedactor(secrets);
  const heads = linesOf(new Map(change.files.map(({ path, head }) => [path, head])));
  const bases = linesOf(
    new Map([
      ...change.onlyOnBase,
      ...change.files.flatMap(({ path, base }) => (base === undefined ? [] : [[path, base] as const])),
    ]),
  );
  const seen = new Map<string, number>();
  const identify = (path: string, text: string): string => {
    const key = JSON.stringify([path, text]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return fingerprint('argued', category, path, text, occurrence);
  };
  const claims = findings
    .filter((finding) => finding.category === category)
    .map((finding): Claim => {
      const { location, replacement, visibleInProduct: seen } = finding;
      const line = (location.side === 'RIGHT' ? heads : bases)(location.path, location.startLine);
      return {
        rule: `argued/${category}/${finding.kind}`,
        topic: `argued/${category}/${finding.kind}`,
        finding: describedInProduct({
          id: identify(location.path, foldSpace(line)),
          category,
          severity: finding.severity,
          evidence: 'argued',
          confidence: finding.confidence,
          title: clean(finding.title),
          body: clean(finding.body),
          source: finding.model,
          location,
          ...(replacement !== undefined && tried.has(finding) && clean(replacement) === replacement
            ? { suggestion: replacement }
            : {}),
          ...(seen === undefined ? {} : { inProduct: cleanPrediction(seen, clean) }),
        }),
      };
    });
  const held = rejected.filter((one) => one.category === category);
  return { claims, notShown: held.map((one) => toNotShown(one, clean)) };
}

function cleanPrediction(
  { what, pages, controls, symptom }: NonNullable<ModelFinding['visibleInProduct']>,
  clean: (text: string) => string,
): NonNullable<Finding['inProduct']> {
  return { what: clean(what), pages: pages.map(clean), controls: controls.map(clean), symptom };
}

/** What could have been grave is named where people look, not only in the report. */
function toNotShown(one: Reading['rejected'][number], clean: (text: string) => string): NotShown {
  const what = clean(`${one.severity}: ${one.title} (${one.path}:${one.line})`).slice(0, 300);
  const why = clean(one.reason);
  const isGrave = one.category === 'security' && (one.severity === 'critical' || one.severity === 'high');
  return {
    finding: fingerprint('argued and dropped', one.category, one.path, one.title),
    reason: isGrave ? `a model's claim, ${what}: ${why}` : `a model's claim: ${kindOf(one.reason)}`,
    detail: `${what}: ${why}`,
  };
}

/** `it was not verified: …` → `it was not verified`, so that many of a kind are one line. */
function kindOf(reason: string): string {
  return reason.split(':')[0] ?? reason;
}
