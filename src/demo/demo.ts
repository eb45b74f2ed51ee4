import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VERSION } from '../config/version.ts';
import { UserError } from '../domain/errors.ts';
import type { Conversation } from './conversation.ts';
import { type Html, html } from './html.ts';
import { inlinePictures } from './inline-pictures.ts';
import { play } from './play.ts';
import { startPlayground } from './playground.ts';
import { readConversation } from './read-conversation.ts';
import { renderPage } from './render-page.ts';
import { renderTerminal } from './render-terminal.ts';
import { MAINTAINER, REPOSITORY, type Stage, setStage } from './stage.ts';

export interface DemoOptions {
  /** Leave everything running, with a page to comment on, until `signal` is aborted. */
  readonly keep: boolean;
  /** Folder for `demo.html`; relative ones are relative to `cwd`. */
  readonly out: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: (text: string) => void;
  /** Progress, in sentences. */
  readonly stderr: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Variables in which people keep a model's key. */
const MODEL_KEYS = ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'];

/**
 * Runs the whole App on the sample pull request, offline: two deployments of the shop, a GitHub of its own, signed
 * webhooks over HTTP. Prints what the App posted and writes it as a page.
 *
 * Throws `UserError` when a tool is missing or the App did not finish, and the signal's reason when it is aborted;
 * everything it started is gone by then.
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { stdout, stderr, signal } = options;
  const start = performance.now();
  const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`;
  const progress = (sentence: string): void => stderr(`[${seconds().padStart(4)}] ${sentence}\n`);
  tellAboutModelKeys(options);
  signal.throwIfAborted();
  const stage = await setStage({ env: options.env, progress, signal });
  try {
    const pull = await play(stage, { progress, signal });
    const at = { repository: REPOSITORY, number: pull.number };
    const conversation = await readConversation(stage.gitHub, at);
    const file = await writePage(conversation, stage, options);
    stdout(renderTerminal(conversation));
    stdout(
      `\n${describeTraffic(stage)} Done in ${seconds()}.\nThe pull request as a page: ${pathToFileURL(file).href}\n`,
    );
    if (options.keep) await keepOpen(stage, at, options);
  } finally {
    if (options.keep || signal.aborted) stderr('Cleaning up.\n');
    await stage.close();
  }
}

async function writePage(conversation: Conversation, stage: Stage, options: DemoOptions): Promise<string> {
  const pictures = await inlinePictures(conversation, stage.gitHub.serverUrl, pictureReader(stage));
  const page = renderPage(conversation, {
    addresses: {
      pictureOf: (address) => pictures.get(address),
      // The demo's own servers are gone when the page is read.
      isLinked: (address) => new URL(address).hostname !== '127.0.0.1',
    },
    note: pageNote(),
  });
  const folder = resolve(options.cwd, options.out);
  const file = join(folder, 'demo.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, page);
  } catch (cause) {
    throw new UserError(`could not write ${file}; name another folder with --out`, { cause });
  }
  return file;
}

/** Leaves everything running and serves the pull request as a page that takes comments. */
async function keepOpen(
  stage: Stage,
  at: { readonly repository: string; readonly number: number },
  { stdout, signal }: DemoOptions,
): Promise<void> {
  const playground = await startPlayground({
    read: () => readConversation(stage.gitHub, at),
    picturesOf: (conversation) => inlinePictures(conversation, stage.gitHub.serverUrl, pictureReader(stage)),
    comment: async (body) => void (await stage.gitHub.people.comment({ ...at, author: MAINTAINER, body })),
    commenter: MAINTAINER,
  });
  try {
    stdout(`
Everything is left running:
  the pull request   ${playground.url}   (comment /verify, /review or /help there)
  shop, base         ${stage.base.url}
  shop, head         ${stage.head.url}
  fake GitHub, API   ${stage.gitHub.apiUrl}
  the App            ${stage.app.url}
Ctrl-C ends it.
`);
    await Promise.race([aborted(signal), stage.app.ended]);
  } finally {
    await playground.close();
  }
}

function pictureReader(stage: Stage): (address: string) => Promise<Uint8Array | undefined> {
  const authorization = `Bearer ${stage.gitHub.tokenOf(MAINTAINER)}`;
  return async (address) => {
    const response = await fetch(address, { headers: { authorization } });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  };
}

function pageNote(): Html {
  return html`Made by <code>firsthand demo</code> (version ${VERSION}): what the App posted on a sample pull request, over
HTTP, to an emulation of GitHub on this machine, drawn after the look of GitHub. The shop, its people and the leaked token
are invented.`;
}

function describeTraffic({ gitHub }: Stage): string {
  const deliveries = gitHub.state.deliveries.length;
  const breaches = gitHub.judge.violations.length;
  const verdict =
    breaches === 0
      ? 'all as GitHub’s published description asks'
      : `${breaches} not as GitHub’s description asks`;
  return `${deliveries} webhooks, ${gitHub.requests.length} requests to GitHub, ${verdict}.`;
}

function tellAboutModelKeys({ env, stderr }: DemoOptions): void {
  const keys = MODEL_KEYS.filter((name) => (env[name] ?? '') !== '');
  if (keys.length > 0) {
    stderr(`${keys.join(' and ')} set: this version's reviewers neither need nor use a model.\n`);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
