import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createEmulator, type Emulator } from 'emulate';
import type { Judge } from '../../src/fake-github/validator/judge.ts';
import { startJudgeProxy } from '../../src/fake-github/validator/judge-proxy.ts';
import { readManifest } from '../../src/server/manifest.ts';

const OWNER = 'octocat';
const NAME = 'shop';
const APP_ID = 12_345;
const SLUG = 'firsthand';

/** A webhook that reached us on its way to the App. */
export interface SeenDelivery {
  readonly id: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What the App answered. */
  readonly status: number;
}

/** A GitHub that somebody else wrote, with the App installed on octocat/shop. */
export interface ForeignGitHub {
  /** Where the App is to find the interface; every request is judged on its way. */
  readonly apiUrl: string;
  /** Where the App is to find pages and git: there is none. */
  readonly serverUrl: string;
  readonly judge: Judge;
  readonly app: { readonly id: number; readonly privateKey: string; readonly webhookSecret: string };
  /** Those of the emulation and our own. */
  readonly deliveries: readonly SeenDelivery[];
  /** The App takes webhooks here from now on. */
  deliverTo(url: string): void;
  /** Sends the App a webhook of our own, signed as GitHub signs it, and returns the answer's status. */
  deliver(event: string, payload: object): Promise<number>;
  /** Calls the interface as a person, octocat unless another token is named. Not judged. Throws on a refusal. */
  act<Reply>(method: string, path: string, body?: object, token?: string): Promise<Reply>;
  close(): Promise<void>;
}

/** Starts the emulation. People's tokens: `octocat` owns the repository, `reader` may only read it. */
export async function startForeignGitHub(): Promise<ForeignGitHub> {
  const webhookSecret = randomBytes(24).toString('hex');
  const deliveries: SeenDelivery[] = [];
  let target = '';

  // The App's address is known only when the emulation runs, whose settings want it: so its webhooks come by here.
  const relay = await startRelay(async (headers, body) => {
    // The App may be gone by now: then the delivery failed.
    const status = await fetch(target, { method: 'POST', headers, body }).then(
      (answer) => answer.status,
      () => 502,
    );
    deliveries.push({
      id: headers['x-github-delivery'] ?? '',
      event: headers['x-github-event'] ?? '',
      payload: JSON.parse(body) as SeenDelivery['payload'],
      status,
    });
    return status;
  });
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: await seed(relay.url, webhookSecret),
  });
  const proxy = await startJudgeProxy({ target: emulator.url, brokenRequests: 'pass' });
  return {
    apiUrl: proxy.url,
    serverUrl: emulator.url,
    judge: proxy.judge,
    app: { id: APP_ID, privateKey: keyOf(emulator), webhookSecret },
    deliveries,
    deliverTo(url) {
      target = url;
    },
    async deliver(event, payload) {
      const body = JSON.stringify({ ...payload, installation: { id: 100 } });
      const signature = createHmac('sha256', webhookSecret).update(body).digest('hex');
      const headers = {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': randomBytes(8).toString('hex'),
        'x-hub-signature-256': `sha256=${signature}`,
      };
      return (await fetch(relay.url, { method: 'POST', headers, body })).status;
    },
    act: (method, path, body, token) =>
      act(`${emulator.url}/repos/${OWNER}/${NAME}${path}`, { method, body, token }),
    async close() {
      await proxy.close();
      await emulator.close();
      await relay.close();
    },
  };
}

/** Listens for webhooks; `pass` gets their headers and text, and returns what to answer. */
async function startRelay(
  pass: (headers: Readonly<Record<string, string>>, body: string) => Promise<number>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const answer = async (request: IncomingMessage): Promise<number> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = ['content-type', 'x-github-event', 'x-github-delivery', 'x-hub-signature-256'].map(
      (name) => [name, String(request.headers[name] ?? '')],
    );
    return await pass(Object.fromEntries(headers), Buffer.concat(chunks).toString('utf8'));
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The App with the permissions and events that its manifest asks for. */
async function seed(webhookUrl: string, webhookSecret: string): Promise<Record<string, unknown>> {
  const { default_permissions: permissions, default_events: events } = await readManifest();
  const installation = { installation_id: 100, account: OWNER, repository_selection: 'all' };
  return {
    tokens: { octocat: { login: OWNER, scopes: ['repo'] }, reader: { login: 'reader', scopes: ['repo'] } },
    github: {
      users: [{ login: OWNER }, { login: 'reader' }],
      repos: [{ owner: OWNER, name: NAME, auto_init: true }],
      apps: [
        {
          app_id: APP_ID,
          slug: SLUG,
          name: 'Firsthand',
          permissions,
          events,
          webhook_url: webhookUrl,
          webhook_secret: webhookSecret,
          installations: [installation],
        },
      ],
    },
  };
}

function keyOf(emulator: Emulator): string {
  return emulator.generatedSecrets.find(({ id }) => id === String(APP_ID))?.value ?? '';
}

async function act<Reply>(
  url: string,
  call: { readonly method: string; readonly body: object | undefined; readonly token: string | undefined },
): Promise<Reply> {
  const { method, body, token = 'octocat' } = call;
  const response = await fetch(url, {
    method,
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  // The caller names what it reads of the reply.
  return (await response.json()) as Reply;
}
