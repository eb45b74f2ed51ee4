import { resolve } from 'node:path';
import { findAffected } from '../affected/find-affected.ts';
import { openScriptReader } from '../analysers/create-analysers.ts';
import { browserOptions } from '../app/browser-options.ts';
import { readTextFile } from '../app/read-text-file.ts';
import { createBrowserLauncher } from '../browser/open-browser.ts';
import { CONFIG_PATH } from '../config/config-path.ts';
import { parseEnv } from '../config/env.ts';
import { parseRepositoryConfig, type RepositoryConfig } from '../config/repository-config.ts';
import { VERSION } from '../config/version.ts';
import { changedLines, changedPaths } from '../domain/diff.ts';
import { UserError } from '../domain/errors.ts';
import { parseDiff } from '../domain/parse-diff.ts';
import type { VerifyReport } from '../domain/report.ts';
import { openLocalObjects } from '../git/open-local-objects.ts';
import { startSmtpSink } from '../mail/smtp-sink.ts';
import { renderText } from '../report/render-text.ts';
import { verifyPreview } from '../verify/pipeline.ts';
import type { SecretSource } from '../verify/ports.ts';
import type { VerifyRequest } from '../verify/request.ts';
import type { ViewportSetting } from '../verify/settings.ts';
import { type Command, EXIT, type Terminal } from './command.ts';
import { checkOutput, deliverResult, exitCodeFor, prepareFolder } from './deliver-result.ts';
import { describeVerifyProgress } from './describe-progress.ts';
import { createFolderArtifacts } from './folder-artifacts.ts';
import { failOn, hostAndPort, oneOf, parseOptions, webAddress, wholeNumber } from './options.ts';
import { createProgressLine } from './progress-line.ts';

const DEFAULT_OUT = 'firsthand-out';
const DEFAULT_SEED = 1;
const DEFAULT_WAIT = 20;

const usage = `firsthand verify: tries two deployments side by side in a browser and shows what differs

  --head URL             the deployment to try
  --base URL             the deployment to compare it with; without it only the head's own errors are reported
  --config FILE          configuration in the form of ${CONFIG_PATH}: flows, login, masks …
  --flow NAME            drive this flow of the configuration; may be repeated (default: those that apply)
  --repo DIR --base-ref REF --head-ref REF
                         a local diff: to choose the flows whose paths it touches, to begin with the pages that it
                         affects, and to tell which changed parts were seen
  --actions N            at most N actions on each side (default: configuration, else 80)
  --seconds N            at most N seconds of driving (default: configuration, else 120)
  --viewport NAME        desktop, tablet or mobile, or one of the configuration; may be repeated
  --seed N               stands in the report; this version leaves nothing to chance (default: ${DEFAULT_SEED})
  --out DIR              where pictures and tests go (default: ${DEFAULT_OUT})
  --wait N               wait up to N seconds for a deployment that does not answer yet (default: ${DEFAULT_WAIT})
  --format FORMAT        text or json (default: text)
  --output FILE          write the result to FILE instead of stdout
  --fail-on SEVERITY     exit with 1 when a finding is at or above critical, high, medium or low

Secrets that the configuration names come from FIRSTHAND_SECRET_<NAME>.
`;

const optionTable = {
  head: { type: 'string' },
  base: { type: 'string' },
  config: { type: 'string' },
  flow: { type: 'string', multiple: true },
  repo: { type: 'string' },
  'base-ref': { type: 'string' },
  'head-ref': { type: 'string' },
  actions: { type: 'string' },
  seconds: { type: 'string' },
  viewport: { type: 'string', multiple: true },
  seed: { type: 'string', default: String(DEFAULT_SEED) },
  out: { type: 'string', default: DEFAULT_OUT },
  wait: { type: 'string', default: String(DEFAULT_WAIT) },
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  'fail-on': { type: 'string' },
} as const;

type Options = ReturnType<typeof parseOptions<typeof optionTable>>;

/** `firsthand verify`. */
export const verifyCommand: Command = {
  usage,
  async run(parameters, terminal) {
    const options = parseOptions(parameters, optionTable);
    const format = oneOf('--format', options.format, ['text', 'json']);
    const threshold = failOn(options['fail-on']);
    const report = await verify(options, terminal);
    const text =
      format === 'json'
        ? JSON.stringify(report, null, 2)
        : renderText(report, { colour: terminal.hasColour && options.output === undefined });
    await deliverResult(text, options.output, terminal);
    const missed = whatWasMissed(report, options.base);
    if (missed === undefined) return exitCodeFor(report.findings, threshold);
    terminal.stderr(`firsthand verify: ${missed}\n`);
    return exitCodeFor(report.findings, threshold) === EXIT.findings ? EXIT.findings : EXIT.couldNotRun;
  },
};

/** Why the run did not do what was asked: the head could not be tried, or not compared with the base that was named. */
function whatWasMissed({ outcome, base }: VerifyReport, wantedBase: string | undefined): string | undefined {
  if (outcome.kind === 'verified') return undefined;
  if (outcome.kind === 'partly-verified' && (wantedBase === undefined || base !== undefined))
    return undefined;
  return outcome.why;
}

async function verify(options: Options, terminal: Terminal): Promise<VerifyReport> {
  const { signal } = terminal;
  if (options.head === undefined) throw new UserError('--head URL is missing: the deployment to try');
  const head = webAddress('--head', options.head);
  const base = options.base === undefined ? undefined : webAddress('--base', options.base);
  const settings = withOverrides(await readConfig(options.config, terminal), options);
  const waitSeconds = wholeNumber('--wait', options.wait, { min: 0, max: 600 });
  const seed = wholeNumber('--seed', options.seed, { min: 0, max: 2 ** 31 - 1 });
  const env = parseEnv(terminal.env);
  await checkOutput(options.output, terminal);
  const folder = await prepareFolder(options.out, terminal);
  const change = await readChange(options, terminal);
  const progress = createProgressLine(terminal);
  const clock = performance.now();
  const missing = new Set<string>();
  const mail =
    env.FIRSTHAND_SMTP_PORT === undefined
      ? undefined
      : await startSmtpSink({ host: env.HOST, port: env.FIRSTHAND_SMTP_PORT });
  try {
    return await verifyPreview(
      {
        head,
        ...(base === undefined ? {} : { base, baseReason: 'given with --base' }),
        settings,
        ...change,
        ...(options.flow === undefined ? {} : { flows: options.flow }),
        credentials: { kind: 'allowed' },
        // Who types an address at a terminal means it, wherever it is.
        privateHosts: [head, ...(base === undefined ? [] : [base])]
          .map(hostAndPort)
          .concat(env.FIRSTHAND_ALLOW_PRIVATE_HOSTS),
        seed,
        readyWaitMs: waitSeconds * 1000,
        startedAt: terminal.startedAt,
        version: VERSION,
      },
      {
        browser: createBrowserLauncher(browserOptions(env)),
        artifacts: createFolderArtifacts(folder),
        secrets: environmentSecrets(terminal.env, (name) => missing.add(name)),
        ...(mail === undefined ? {} : { mail }),
        onProgress: (state) => progress.show(describeVerifyProgress(state)),
        elapsedMs: () => performance.now() - clock,
      },
      signal,
    );
  } finally {
    await mail?.close();
    progress.clear();
    for (const name of missing) terminal.stderr(`firsthand verify: FIRSTHAND_SECRET_${name} is not set\n`);
  }
}

async function readConfig(file: string | undefined, terminal: Terminal): Promise<RepositoryConfig> {
  if (file === undefined) return parseRepositoryConfig(undefined);
  return parseRepositoryConfig(await readTextFile(resolve(terminal.cwd, file), '--config'), file);
}

function withOverrides(config: RepositoryConfig, options: Options): RepositoryConfig {
  const { explore } = config;
  const actions =
    options.actions === undefined
      ? explore.actions
      : wholeNumber('--actions', options.actions, { min: 1, max: 2000 });
  const seconds =
    options.seconds === undefined
      ? explore.seconds
      : wholeNumber('--seconds', options.seconds, { min: 5, max: 1800 });
  return {
    ...config,
    explore: { ...explore, actions, seconds },
    ...(options.viewport === undefined
      ? {}
      : { viewports: options.viewport.map((name) => findViewport(name, config)) }),
  };
}

function findViewport(name: string, config: RepositoryConfig): ViewportSetting {
  const own = config.viewports?.find((viewport) => typeof viewport !== 'string' && viewport.name === name);
  if (own !== undefined) return own;
  return oneOf('--viewport', name, ['desktop', 'tablet', 'mobile'] as const);
}

/** What the diff of a checkout says, when there is one. */
async function readChange(
  options: Options,
  { cwd, signal }: Terminal,
): Promise<Pick<VerifyRequest, 'changedPaths' | 'changedLines' | 'affected'>> {
  const { repo, 'base-ref': baseRef, 'head-ref': headRef } = options;
  if (baseRef === undefined) {
    if (repo === undefined && headRef === undefined) return {};
    const given = repo === undefined ? '--head-ref' : '--repo';
    throw new UserError(`${given} needs --base-ref REF: what the diff starts from`);
  }
  const local = await openLocalObjects(resolve(cwd, repo ?? '.'), signal);
  try {
    const head = await local.resolveCommit(headRef ?? 'HEAD', signal);
    const base = await local.resolveCommit(baseRef, signal);
    const mergeBase = await local.objects.mergeBase(base, head, signal);
    const diff = parseDiff(await local.objects.diff(mergeBase, head, signal));
    const ports = { files: local.objects, scripts: await openScriptReader() };
    const affected = await findAffected({ base: mergeBase, head, diff }, ports, signal);
    return { changedPaths: changedPaths(diff), changedLines: changedLines(diff), affected };
  } finally {
    await local.dispose();
  }
}

/** Secrets from `FIRSTHAND_SECRET_<NAME>`. */
function environmentSecrets(environment: Terminal['env'], onMissing: (name: string) => void): SecretSource {
  return {
    async find(name) {
      const value = environment[`FIRSTHAND_SECRET_${name}`] || undefined;
      if (value === undefined) onMissing(name);
      return value;
    },
  };
}
