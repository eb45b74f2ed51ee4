import type { ReviewCategory } from '../../domain/finding.ts';
import { isDockerfile } from './dockerfile.ts';
import { isNpmManifest, isPipRequirements } from './manifest.ts';
import { SCRIPT } from './source.ts';
import { isWorkflow } from './workflow.ts';
import { isWorkflowFile } from './workflow-document.ts';

const READS: Readonly<Record<ReviewCategory, readonly ((path: string) => boolean)[]>> = {
  security: [isDockerfile, isWorkflow, isNpmManifest, isPipRequirements],
  logic: [(path) => SCRIPT.test(path), isWorkflowFile],
  style: [],
};

/**
 * Whether a rule of this category judges changed files of this name: what the rules' own `reads` say together, for the
 * process that starts them and has no other need to load them.
 */
export function isReadByRules(category: ReviewCategory, path: string): boolean {
  return READS[category].some((reads) => reads(path));
}
