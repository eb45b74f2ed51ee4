import type { Finding } from '../domain/finding.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Explained } from '../report/render-explanation.ts';
import { type ExplainRequest, explainFinding } from '../review/explain-finding.ts';
import type { JobPorts } from './job-ports.ts';
import { findSecretValues, loadConfiguration } from './load-configuration.ts';
import type { PullLife } from './pull-life.ts';
import type { Redaction } from './redaction.ts';

interface Options {
  readonly ports: JobPorts;
  readonly redaction: Redaction;
  readonly life: Pick<PullLife, 'pull' | 'installation'>;
  /** What a person asked, in their words. */
  readonly question?: string;
}

/** Gathers what is known of a finding: its last report, and what a model says of it when there is one. */
export async function explain(entry: LedgerEntry, options: Options, signal: AbortSignal): Promise<Explained> {
  const { review, verify } = await options.ports.store.reports.load(options.life.pull, entry.lastSeen);
  const isIt = ({ id }: Finding): boolean => id === entry.id;
  const finding = review?.findings.find(isIt) ?? verify?.findings.find(isIt);
  const explanation = finding === undefined ? undefined : await askModel(finding, options, signal);
  return {
    entry,
    ...(finding === undefined ? {} : { finding }),
    ...(review === undefined ? {} : { review }),
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** Best effort: without the model, what the report says is answered all the same, and the log says why. */
async function askModel(
  finding: Finding,
  { ports, redaction, life, question }: Options,
  signal: AbortSignal,
): Promise<Explained['explanation']> {
  const { pull, installation } = life;
  if (ports.explainer === undefined || finding.location === undefined) return undefined;
  try {
    const objects = await installation.openObjects(pull, signal);
    const config = await loadConfiguration(objects, pull.baseSha, signal);
    const { useModel, maxModelUsd } = config.review;
    if (useModel === false) return undefined;
    redaction.learn(await findSecretValues(config, ports.store.secrets(pull)));
    const request: ExplainRequest = {
      finding,
      objects,
      baseSha: pull.baseSha,
      headSha: pull.headSha,
      repository: `${pull.owner}/${pull.repo}`,
      redact: redaction.apply,
      ...(question === undefined ? {} : { question }),
      ...(maxModelUsd === undefined ? {} : { maxUsd: maxModelUsd }),
    };
    return await explainFinding(request, ports.explainer, signal);
  } catch (error) {
    signal.throwIfAborted();
    ports.logger.warn('a model could not be asked about a finding', {
      error: redaction.apply(String(error)),
    });
    return undefined;
  }
}
