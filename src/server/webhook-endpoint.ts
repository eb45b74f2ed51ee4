import type { IncomingMessage, ServerResponse } from 'node:http';
import { createNodeMiddleware, Probot } from 'probot';
import { TransientError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { JobQueue } from '../jobs/ports.ts';
import { enqueueDelivery } from '../webhooks/enqueue-delivery.ts';
import { sendText } from './page.ts';
import { createProbotLog } from './probot-log.ts';
import { createBodyReader } from './read-body.ts';

export const WEBHOOK_PATH = '/api/github/webhooks';

/** GitHub sends payloads up to 25 MB: docs.github.com/webhooks. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
const MAX_TOTAL_BYTES = 10 * MAX_BODY_BYTES;
/** Probot answers 202 after nine seconds, which would hide a failure that comes later. */
const ENQUEUE_TIMEOUT_MS = 8000;

export interface WebhookOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly apiUrl: string;
  readonly queue: JobQueue;
  readonly logger: Logger;
}

/** Verifies each webhook's signature, enqueues what it asks for, and answers. */
export async function createWebhookEndpoint(
  options: WebhookOptions,
): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> {
  const { appId, privateKey, webhookSecret, apiUrl, queue, logger } = options;
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecret,
    baseUrl: apiUrl,
    log: createProbotLog(logger),
  });
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        await inTime(enqueueDelivery({ id, event: name, payload }, { queue, appId, logger }));
      });
    },
    { probot, webhooksPath: WEBHOOK_PATH },
  );
  const readBody = createBodyReader({ maxBytes: MAX_BODY_BYTES, maxTotalBytes: MAX_TOTAL_BYTES });

  return async (request, response) => {
    if (!isDelivery(request)) {
      sendText(response, 400, 'A delivery has X-GitHub-Event, X-GitHub-Delivery and X-Hub-Signature-256.\n');
      return;
    }
    const body = await readBody(request);
    if (body.kind === 'broken-off') return;
    if (body.kind !== 'read') {
      const [status, text] = body.kind === 'busy' ? [503, 'Too much at once\n'] : [413, 'At most 25 MB\n'];
      response.setHeader('connection', 'close');
      sendText(response, status, text);
      return;
    }
    await middleware(Object.assign(request, { body: body.text }), response);
  };
}

/** Whether the headers are those of a delivery; the id becomes a part of a job's key. */
function isDelivery({ headers }: IncomingMessage): boolean {
  const id = headers['x-github-delivery'];
  return (
    typeof id === 'string' &&
    /^[\w-]{1,100}$/u.test(id) &&
    typeof headers['x-github-event'] === 'string' &&
    typeof headers['x-hub-signature-256'] === 'string'
  );
}

async function inTime(work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new TransientError(`the queue did not answer within ${ENQUEUE_TIMEOUT_MS} ms`)),
    ENQUEUE_TIMEOUT_MS,
  );
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
