import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Octokit } from 'octokit';
import {
  type FakeGitHub,
  type FakeGitHubOptions,
  type FakeRepositoryOptions,
  startFakeGitHub,
} from '../../src/fake-github/fake-github.ts';

const WHO = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_TERMINAL_PROMPT: '0',
};

export function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'], ...WHO };
  return execFileSync('git', args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** `1` to `count`, one a line, with some lines replaced. */
function lines(count: number, changes: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, index) => `${changes[index + 1] ?? index + 1}\n`).join('');
}

/**
 * A repository of 60 numbered lines. On `feature`, lines 10 and 50 are changed (two hunks), a file is added, one is
 * removed, one renamed, and a binary one changed; `main` has one commit more than the fork point.
 */
export function makeRepository(folder: string): void {
  template ??= makeTemplate();
  cpSync(template, folder, { recursive: true });
}

let template: string | undefined;

function makeTemplate(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'fake-github-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  const write = (name: string, content: string | Buffer): void => {
    writeFileSync(path.join(folder, name), content);
  };
  const commit = (message: string): void => {
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', message);
  };
  write('src/numbers.txt', lines(60));
  write('src/old name.txt', lines(20));
  write('gone.txt', 'gone\n');
  write('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
  commit('Start');
  git(folder, 'switch', '-qc', 'feature');
  write('src/numbers.txt', lines(60, { 10: 'ten', 50: 'fifty' }));
  write('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 9, 9]));
  write('new.txt', 'new\n');
  git(folder, 'rm', '-q', 'gone.txt');
  git(folder, 'mv', 'src/old name.txt', 'src/new name.txt');
  commit('Change');
  git(folder, 'switch', '-q', 'main');
  write('elsewhere.txt', 'main moved on\n');
  commit('Move on');
  return folder;
}

interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Sample {
  readonly github: FakeGitHub;
  readonly folder: string;
  /** As the app's installation on acme/shop. */
  readonly octokit: Octokit;
  /** As the app itself. */
  readonly appOctokit: Octokit;
  /** What the app received, oldest first. */
  readonly webhooks: ReceivedWebhook[];
  readonly installationId: number;
  readonly at: { readonly owner: 'acme'; readonly repo: 'shop' };
  /** As whoever the token belongs to, or nobody. */
  octokitOf(token: string | undefined): Octokit;
  /** Ends everything; throws when a reply or webhook of the fake broke GitHub's description. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SampleOptions extends Omit<FakeGitHubOptions, 'repositories'> {
  readonly repository?: Partial<FakeRepositoryOptions>;
  readonly others?: (folder: string) => readonly FakeRepositoryOptions[];
}

/** A fake GitHub that serves acme/shop, with the app installed and a receiver for its webhooks. */
export async function startSample(options: SampleOptions = {}): Promise<Sample> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fake-github-'));
  makeRepository(folder);
  const webhooks: ReceivedWebhook[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      webhooks.push({ headers: request.headers, body });
      response.end('received');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const { repository, others, ...rest } = options;
  const github = await startFakeGitHub({
    ...rest,
    app: { webhookUrl: `http://127.0.0.1:${port}/hook`, webhookSecret: 'secret', ...options.app },
    repositories: [
      { owner: 'acme', name: 'shop', folder, roles: { ada: 'write', bob: 'read' }, ...repository },
      ...(others?.(folder) ?? []),
    ],
  });
  const octokitOf = (token: string | undefined): Octokit =>
    new Octokit({
      baseUrl: github.apiUrl,
      ...(token === undefined ? {} : { auth: token }),
      throttle: { enabled: false },
      retry: { enabled: false },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  const appOctokit = octokitOf(appJwt(github));
  const installationId = [...github.state.installations.keys()][0] ?? 0;
  const { data } = await appOctokit.rest.apps.createInstallationAccessToken({
    installation_id: installationId,
  });
  return {
    github,
    folder,
    octokit: octokitOf(data.token),
    appOctokit,
    webhooks,
    installationId,
    at: { owner: 'acme', repo: 'shop' },
    octokitOf,
    async [Symbol.asyncDispose]() {
      await github.idle();
      await github.close();
      receiver.closeAllConnections();
      receiver.close();
      rmSync(folder, { recursive: true, force: true });
      refuseDishonesty(github);
    },
  };
}

/** What keeps the fake honest: every reply and webhook of every test has to fit GitHub's description. */
function refuseDishonesty(github: FakeGitHub): void {
  const own = github.judge.violations.filter((violation) => violation.subject !== 'request');
  if (own.length > 0)
    throw new Error(`the fake GitHub broke the description: ${JSON.stringify(own, null, 1)}`);
}

/** Opens the pull request from `feature`. */
export async function openFeature(sample: Sample): Promise<number> {
  const pull = await sample.github.people.openPullRequest({
    repository: 'acme/shop',
    author: 'ada',
    head: 'feature',
    title: 'Spell two numbers',
  });
  return pull.number;
}

/** A JSON web token of the app, good for five minutes unless told otherwise. */
export function appJwt(github: FakeGitHub, claims: Readonly<Record<string, unknown>> = {}): string {
  const seconds = Math.floor(Date.now() / 1000);
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = { iat: seconds - 5, exp: seconds + 300, iss: github.state.app.id, ...claims };
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(content)}`;
  const signature = createSign('RSA-SHA256').update(unsigned).sign(github.state.app.privateKey, 'base64url');
  return `${unsigned}.${signature}`;
}

/** The status and the body of the refusal that a request ends in. */
export async function refusalOf(request: Promise<unknown>): Promise<{
  status: number;
  message: string;
  data: { errors?: unknown[] };
  headers: Record<string, string>;
}> {
  try {
    await request;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'status' in error && 'response' in error) {
      const { status, message, response } = error as {
        status: number;
        message: string;
        response: { data: { errors?: unknown[] }; headers: Record<string, string> };
      };
      return { status, message, data: response.data, headers: response.headers };
    }
    throw error;
  }
  throw new Error('the request was not refused');
}
