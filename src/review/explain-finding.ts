import { randomBytes } from 'node:crypto';
import { type Explanation, toExplainTask } from '../agent/explain-finding.ts';
import type { Finding } from '../domain/finding.ts';
import type { GitObjects } from './ports.ts';
import { redactSource } from './redact-source.ts';
import type { FindingExplainer } from './request.ts';

/** What is asked about a finding of the diff, and where its code is. */
export interface ExplainRequest {
  readonly finding: Finding;
  readonly objects: GitObjects;
  /** The two ends of the pull request. */
  readonly baseSha: string;
  readonly headSha: string;
  /** `owner/repo`, for limits that hold for a repository. */
  readonly repository: string;
  /** What a person wrote about it. */
  readonly question?: string;
  readonly maxUsd?: number;
  /** Takes known secrets out of what a model sees. */
  readonly redact: (text: string) => string;
}

/**
 * Lets a model look at the code of a finding again. Undefined for a finding that points at no lines: what a browser has
 * shown needs no model. Rejects as `FindingExplainer.explain` does, and with what git throws.
 */
export async function explainFinding(
  request: ExplainRequest,
  explainer: FindingExplainer,
  signal: AbortSignal,
): Promise<Explanation | undefined> {
  const { finding, objects, baseSha, headSha, repository, question, maxUsd, redact } = request;
  const task = toExplainTask(finding, {
    base: await objects.mergeBase(baseSha, headSha, signal),
    head: headSha,
    token: randomBytes(12).toString('hex'),
    ...(question === undefined ? {} : { question: redact(question) }),
  });
  if (task === undefined) return undefined;
  const source = redactSource(objects, redact);
  const options = { source, repository, ...(maxUsd === undefined ? {} : { maxUsd }) };
  return await explainer.explain(task, options, signal);
}
