import type { Rule } from './change-rule.ts';
import { removedExport } from './rules/removed-export.ts';

/** Every rule over the change. A new one is a file in `rules/` and a line here. */
export const CHANGE_RULES: readonly Rule[] = [removedExport];
