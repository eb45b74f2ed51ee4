import type { ReviewCategory } from '../../domain/finding.ts';
import type { Diagnostic } from '../../review/ports.ts';
import type { ChangedSource, Project } from './project.ts';
import type { Source } from './source.ts';

/** What a rule says of one place. */
export interface Hit {
  readonly startLine: number;
  /** Only the first line when absent. */
  readonly endLine?: number;
  /** The lines are of the base. */
  readonly side?: 'LEFT';
  /** What it is about: a name, a condition. Stands for `{subject}` in the rule's text. */
  readonly subject: string;
  readonly places?: Diagnostic['places'];
  /** Replaces the lines, when the fix is mechanical. */
  readonly replacement?: string;
}

/** Files by path. */
export type Texts = Readonly<Record<string, string>>;

/** A change that shows what a rule says, or what it leaves alone. It is also the rule's test. */
export interface Example {
  readonly base?: Texts;
  readonly head: Texts;
  /** `path:line`, or `path:-line` for a line of the base. Empty for a good example. */
  readonly at?: readonly string[];
  /** What replaces the lines at the first place, where the rule knows. */
  readonly fix?: string;
}

interface RuleBase {
  /** Its name in reports, such as firsthand/removed-export. */
  readonly rule: string;
  readonly category: ReviewCategory;
  /** For the person who reads the finding. */
  readonly text: NonNullable<Diagnostic['text']>;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
  /** Whether the rule judges changed files of this name. */
  reads(path: string): boolean;
}

/** A rule about one version of a file. What the base has too, with the same subject, is not said. */
export interface SourceRule extends RuleBase {
  readonly kind: 'source';
  check(source: Source): readonly Hit[];
}

/** A rule about what changed between the versions, and about what the change leaves behind. */
export interface ChangeRule extends RuleBase {
  readonly kind: 'change';
  check(file: ChangedSource, project: Project): readonly Hit[];
}

export type Rule = SourceRule | ChangeRule;
