import { resolve } from 'node:path';
import { createAnalysers } from '../analysers/create-analysers.ts';
import { CONFIG_PATH } from '../config/config-path.ts';
import { type ModelEnv, parseModelEnv } from '../config/model-env.ts';
import { VERSION } from '../config/version.ts';
import { UserError } from '../domain/errors.ts';
import { REVIEW_CATEGORIES, type ReviewCategory } from '../domain/finding.ts';
import type { ReviewReport } from '../domain/report.ts';
import { chooseBase, type LocalObjects, openLocalObjects } from '../git/open-local-objects.ts';
import type { openConfiguredReader } from '../models/open-configured-reader.ts';
import { reviewPullRequest } from '../review/pipeline.ts';
import { type ReviewSettings, reviewSettingsSchema } from '../review/settings.ts';
import type { Command, Terminal } from './command.ts';
import { checkOutput, deliverResult, exitCodeFor } from './deliver-result.ts';
import { describeReviewProgress } from './describe-progress.ts';
import { failOn, oneOf, parseOptions } from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { tellWhatWasNotRead } from './tell-what-was-not-read.ts';

/** Variables that hold the repository's secrets on the command line. */
const SECRET_PREFIX = 'FIRSTHAND_SECRET_';

const FORMATS = ['text', 'json', 'sarif', 'markdown'] as const;

const usage = `firsthand review: the security, style and logic reviewers over a diff of a local repository

  --repo DIR             the repository (default: the current folder); nothing in it is executed
  --base REF             what to compare with (default: the default branch); the diff starts at the merge base
  --head REF             what to review (default: HEAD); uncommitted changes are not read
  --format FORMAT        text, json, sarif or markdown (default: text)
  --output FILE          write the result to FILE instead of stdout
  --reviewers LIST       which of security,style,logic (default: what ${CONFIG_PATH} says, else all)
  --model PROVIDER/NAME  let a model read too (default: FIRSTHAND_MODEL); its key comes from the environment
  --no-model             review without a model, whatever FIRSTHAND_MODEL says
  --fail-on SEVERITY     exit with 1 when a finding is at or above critical, high, medium or low
`;

/** `firsthand review`. */
export const reviewCommand: Command = {
  usage,
  async run(parameters, terminal) {
    const options = parseOptions(parameters, {
      repo: { type: 'string', default: '.' },
      base: { type: 'string' },
      head: { type: 'string', default: 'HEAD' },
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
      reviewers: { type: 'string' },
      model: { type: 'string' },
      'no-model': { type: 'boolean', default: false },
      'fail-on': { type: 'string' },
    });
    if (options.model !== undefined && options['no-model']) {
      throw new UserError('--model and --no-model contradict each other');
    }
    const format = oneOf('--format', options.format, FORMATS);
    const threshold = failOn(options['fail-on']);
    const reviewers = options.reviewers === undefined ? undefined : parseReviewers(options.reviewers);
    await checkOutput(options.output, terminal);
    const report = await review({ ...options, reviewers, noModel: options['no-model'] }, terminal);
    await deliverResult(
      await render(report, format, terminal.hasColour && options.output === undefined),
      options.output,
      terminal,
    );
    return tellWhatWasNotRead(report, terminal) ?? exitCodeFor(report.findings, threshold);
  },
};

interface ReviewOptions {
  readonly repo: string;
  readonly base?: string | undefined;
  readonly head: string;
  readonly reviewers: readonly ReviewCategory[] | undefined;
  readonly model?: string | undefined;
  readonly noModel: boolean;
}

async function review(options: ReviewOptions, terminal: Terminal): Promise<ReviewReport> {
  const { signal } = terminal;
  const { reader, secrets } = await openReader(options, terminal);
  // Tries how children can be confined, while git is asked; awaited below, unless git says no.
  const analysing = createAnalysers();
  analysing.catch(() => undefined);
  const local = await openLocalObjects(resolve(terminal.cwd, options.repo), signal);
  const progress = createProgressLine(terminal);
  try {
    const [head, named] = await Promise.all([
      local.resolveCommit(options.head, signal),
      options.base === undefined ? undefined : local.resolveCommit(options.base, signal),
    ]);
    const base = named ?? (await chooseBase(local, head, signal));
    const settings = await readSettings(local.objects, base, signal);
    return await reviewPullRequest(
      {
        base,
        head,
        settings:
          options.reviewers === undefined ? settings : { ...settings, reviewers: [...options.reviewers] },
        startedAt: terminal.startedAt,
        version: VERSION,
        secrets,
      },
      {
        objects: local.objects,
        ...(await analysing),
        ...(reader === undefined ? {} : { reader }),
        onProgress: (state) => progress.show(describeReviewProgress(state)),
      },
      signal,
    );
  } finally {
    progress.clear();
    await local.dispose();
  }
}

/** What the base says about reviews; the parser is loaded only when it says something. */
async function readSettings(
  objects: LocalObjects['objects'],
  base: string,
  signal: AbortSignal,
): Promise<ReviewSettings> {
  const file = (await objects.readFiles(base, [CONFIG_PATH], signal)).get(CONFIG_PATH);
  if (file === undefined) return reviewSettingsSchema.parse({});
  const { parseRepositoryConfig } = await import('../config/repository-config.ts');
  return parseRepositoryConfig(Buffer.from(file).toString('utf8')).review;
}

/** The models of one run; what cannot be used is said at once, and again in the report. */
async function openReader(options: ReviewOptions, terminal: Terminal): Promise<OpenedReader> {
  if (options.noModel) return { secrets: [] };
  const settings = parseModelEnv(terminal.env);
  const isAsked = options.model !== undefined || settings.FIRSTHAND_MODEL !== undefined;
  const opened = isAsked ? await openModels(settings, options.model) : { secrets: [] };
  if (typeof opened.reader === 'string') {
    terminal.stderr(`firsthand review: no model reads: ${opened.reader}\n`);
  }
  const repository = Object.entries(terminal.env).flatMap(([name, value]) =>
    name.startsWith(SECRET_PREFIX) && value !== undefined ? [value] : [],
  );
  return { ...opened, secrets: [...opened.secrets, ...repository] };
}

type OpenedReader = ReturnType<typeof openConfiguredReader>;

/** Loaded only when a model is asked for: the SDK takes longer to load than some reviews take. */
async function openModels(settings: ModelEnv, chosen: string | undefined): Promise<OpenedReader> {
  const [{ openConfiguredReader: open }, { NO_MEMORY, UNLIMITED_DAYS }] = await Promise.all([
    import('../models/open-configured-reader.ts'),
    import('../models/no-ledger.ts'),
  ]);
  return open(settings, { spend: UNLIMITED_DAYS, memory: NO_MEMORY, process: 'own' }, chosen);
}

function parseReviewers(list: string): readonly ReviewCategory[] {
  const words = list.split(',').map((word) => word.trim());
  return [...new Set(words.map((word) => oneOf('--reviewers', word, REVIEW_CATEGORIES)))];
}

/** Each form is loaded when it is asked for. */
async function render(
  report: ReviewReport,
  format: (typeof FORMATS)[number],
  colour: boolean,
): Promise<string> {
  switch (format) {
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'sarif':
      return (await import('../report/render-sarif.ts')).renderSarif(report);
    case 'markdown':
      return (await import('../report/render-markdown.ts')).renderMarkdown(report);
    case 'text':
      return (await import('../report/render-text.ts')).renderText(report, { colour });
  }
}
