import { createHmac, randomUUID } from 'node:crypto';
import { renderRepository } from '../render/repository.ts';
import { renderUser } from '../render/user.ts';
import { installationOf, nodeId, type Site, type SiteEvent, timestamp } from '../site.ts';
import type { FakeApp, FakeDelivery, Permissions } from '../state.ts';
import type { Judge } from '../validator/judge.ts';

/** GitHub gives up on an answer after ten seconds. */
const TIMEOUT_MS = 10_000;

/** An app that may write checks gets these without subscribing. */
const CHECK_EVENTS = new Set(['check_run', 'check_suite']);

type Sendable = Pick<
  FakeDelivery,
  'guid' | 'event' | 'action' | 'payload' | 'installationId' | 'repositoryId'
>;

/** Makes the webhook of an event, judges it and sends it, when the app is installed there and subscribed. */
export async function deliver(site: Site, judge: Judge, event: SiteEvent): Promise<void> {
  const { repository, sender, action } = event;
  const installation = installationOf(site.state, repository);
  if (installation === undefined || !isSubscribed(site.state.app, event.event, installation.permissions))
    return;
  const payload = {
    ...(action === undefined ? {} : { action }),
    ...event.payload,
    installation: { id: installation.id, node_id: nodeId('Integration', installation.id) },
    repository: renderRepository(site, repository),
    sender: renderUser(site, sender),
  };
  judge.judgeWebhook(event.event, payload);
  await send(site, {
    guid: randomUUID(),
    event: event.event,
    action,
    payload,
    installationId: installation.id,
    repositoryId: repository.id,
  });
}

/** Sends a delivery once more, with the same identifier and body. */
export async function redeliver(site: Site, guid: string): Promise<FakeDelivery> {
  const earlier = site.state.deliveries.find((delivery) => delivery.guid === guid);
  if (earlier === undefined) throw new Error(`no delivery has the identifier ${guid}`);
  return await send(site, earlier, { isRedelivery: true });
}

function isSubscribed(app: FakeApp, event: string, permissions: Permissions): boolean {
  return app.events.includes(event) || (CHECK_EVENTS.has(event) && permissions['checks'] === 'write');
}

async function send(
  site: Site,
  delivery: Sendable,
  options = { isRedelivery: false },
): Promise<FakeDelivery> {
  const { app } = site.state;
  const text = JSON.stringify(delivery.payload);
  const headers = headersOf(app, delivery, text);
  const started = performance.now();
  const answer = app.webhookUrl === undefined ? UNSENT : await post(app.webhookUrl, headers, text);
  const sent: FakeDelivery = {
    id: site.nextId(),
    guid: delivery.guid,
    event: delivery.event,
    action: delivery.action,
    payload: delivery.payload,
    installationId: delivery.installationId,
    repositoryId: delivery.repositoryId,
    headers,
    deliveredAt: timestamp(site.now()),
    isRedelivery: options.isRedelivery,
    ...answer,
    durationMs: performance.now() - started,
  };
  site.state.deliveries.push(sent);
  return sent;
}

const UNSENT = { status: 0, response: 'the app has no webhook URL' };

function headersOf(app: FakeApp, { event, guid }: Sendable, text: string): Readonly<Record<string, string>> {
  const sign = (algorithm: string) => createHmac(algorithm, app.webhookSecret).update(text).digest('hex');
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/fake',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Pick<FakeDelivery, 'status' | 'response'>> {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: reply.status, response: await reply.text() };
  } catch (error) {
    // A receiver that is down is a failed delivery, to be seen in the list and sent again.
    return { status: 0, response: String(error) };
  }
}
