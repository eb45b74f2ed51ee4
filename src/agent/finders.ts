import type { ReviewCategory } from '../domain/finding.ts';
import type { Models } from './desk.ts';
import { INTENT_PROMPT } from './prompts/intent-prompt.ts';
import { LOGIC_PROMPT } from './prompts/logic-prompt.ts';
import type { Prompt } from './prompts/prompt.ts';
import { SECURITY_PROMPT } from './prompts/security-prompt.ts';
import { STYLE_PROMPT } from './prompts/style-prompt.ts';

/** One kind of reader that looks for findings. */
export interface Finder {
  readonly name: keyof Omit<Models, 'verify'>;
  /** Under which its findings and its cost go. */
  readonly category: ReviewCategory;
  readonly prompt: Prompt;
  /** Reads files that say of themselves that they are generated: anyone can write that line. */
  readonly readsGenerated: boolean;
  /** Reads files that the change deletes: what they guaranteed may be missing. */
  readonly readsDeleted: boolean;
  /** Looks things up in the repository. */
  readonly hasTools: boolean;
}

export const FINDERS: readonly Finder[] = [
  {
    name: 'security',
    category: 'security',
    prompt: SECURITY_PROMPT,
    readsGenerated: true,
    readsDeleted: true,
    hasTools: true,
  },
  {
    name: 'logic',
    category: 'logic',
    prompt: LOGIC_PROMPT,
    readsGenerated: false,
    readsDeleted: true,
    hasTools: true,
  },
  {
    name: 'style',
    category: 'style',
    prompt: STYLE_PROMPT,
    readsGenerated: false,
    readsDeleted: false,
    hasTools: false,
  },
  {
    name: 'intent',
    category: 'logic',
    prompt: INTENT_PROMPT,
    readsGenerated: false,
    // It is told their names.
    readsDeleted: false,
    hasTools: true,
  },
];
