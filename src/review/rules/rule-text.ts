import type { Severity } from '../../domain/finding.ts';

/** What we say about a rule, to someone who has not heard of it. */
export interface RuleText {
  /** What is wrong, as a short statement without markup. */
  readonly title: string;
  /** What happens, why it matters, and what to do: Markdown, two or three sentences. */
  readonly body: string;
  readonly severity: Severity;
  /** How often it is right, from 0 to 1. */
  readonly confidence: number;
  /** Rules with the same topic make the same claim: at one place, one of them is enough. */
  readonly topic?: string;
  /** The tool's own message says what this text cannot, and is added. */
  readonly addsMessage?: boolean;
}

export type RuleTexts = Readonly<Record<string, RuleText>>;
