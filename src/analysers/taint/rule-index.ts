import { indexPatterns, type NamePattern, namePattern, type PatternIndex } from './name-pattern.ts';
import type { Check, Places, Role, Sink, Source, Vocabulary, Weakness } from './weakness.ts';

/** A sink or check of a weakness. */
export interface Rule {
  readonly weakness: Weakness;
  readonly sink?: Sink;
  readonly check?: Check;
}

/** A role with its patterns read. */
export interface IndexedRole {
  readonly role: Role;
  readonly patterns: readonly NamePattern[];
}

export interface RuleIndex {
  readonly roles: readonly IndexedRole[];
  readonly calls: PatternIndex<Rule>;
  readonly writes: PatternIndex<Rule>;
  readonly attributes: PatternIndex<Rule>;
  readonly properties: PatternIndex<Rule>;
  readonly variables: PatternIndex<Rule>;
  readonly returns: PatternIndex<Rule>;
  readonly regexes: readonly Rule[];
  readonly comparisons: readonly Rule[];
  readonly texts: readonly Rule[];
  readonly sources: PatternIndex<Source>;
  /** What the result of a call is assured of. */
  readonly sanitisers: PatternIndex<readonly string[]>;
  readonly propagators: PatternIndex<true>;
}

export function indexRules(weaknesses: readonly Weakness[], vocabulary: Vocabulary): RuleIndex {
  const rules = weaknesses.flatMap((weakness): readonly Rule[] => [
    ...(weakness.sinks ?? []).map((sink) => ({ weakness, sink })),
    ...(weakness.checks ?? []).map((check) => ({ weakness, check })),
  ]);
  const placesOf = ({ sink, check }: Rule): Places => sink ?? check ?? {};
  const by = (
    kind: 'calls' | 'writes' | 'attributes' | 'properties' | 'variables' | 'returns',
  ): PatternIndex<Rule> =>
    indexPatterns(rules.map((rule) => ({ patterns: placesOf(rule)[kind] ?? [], item: rule })));
  return {
    roles: vocabulary.roles.map((role) => ({ role, patterns: (role.registeredBy ?? []).map(namePattern) })),
    calls: by('calls'),
    writes: by('writes'),
    attributes: by('attributes'),
    properties: by('properties'),
    variables: by('variables'),
    returns: by('returns'),
    regexes: rules.filter((rule) => placesOf(rule).regexes === true),
    comparisons: rules.filter((rule) => placesOf(rule).comparisons === true),
    texts: rules.filter((rule) => placesOf(rule).texts === true),
    sources: indexPatterns(vocabulary.sources.map((source) => ({ patterns: source.names, item: source }))),
    sanitisers: indexPatterns<readonly string[]>([
      ...vocabulary.sanitisers.map(({ calls, assures }) => ({ patterns: calls, item: assures })),
      ...weaknesses.map(({ id, sanitisers }) => ({ patterns: sanitisers ?? [], item: [id] })),
    ]),
    propagators: indexPatterns([{ patterns: vocabulary.propagators, item: true as const }]),
  };
}
