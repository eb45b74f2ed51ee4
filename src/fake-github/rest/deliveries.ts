import { type Call, findIn, type Handler, ok } from '../http/call.ts';
import { page } from '../http/page.ts';
import type { FakeDelivery } from '../state.ts';
import { redeliver } from '../webhooks/deliver.ts';

export const deliveryHandlers: Readonly<Record<string, Handler>> = {
  'apps/list-webhook-deliveries': (call) => {
    const failed = call.query.get('status');
    const deliveries = call.site.state.deliveries.filter(
      (delivery) => failed === null || (failed === 'success') === isSuccess(delivery),
    );
    return page(call, deliveries.toReversed(), (shown) => shown.map(renderItem));
  },
  'apps/get-webhook-delivery': (call) => {
    const delivery = find(call);
    return ok({
      ...renderItem(delivery),
      url: call.site.state.app.webhookUrl ?? '',
      request: { headers: delivery.headers, payload: delivery.payload },
      response: { headers: {}, payload: delivery.response },
    });
  },
  'apps/redeliver-webhook-delivery': async (call) => {
    await redeliver(call.site, find(call).guid);
    return { status: 202, body: {} };
  },
};

function find(call: Call): FakeDelivery {
  return findIn(new Map(call.site.state.deliveries.map((item) => [item.id, item])), call, 'delivery_id');
}

function isSuccess({ status }: FakeDelivery): boolean {
  return status >= 200 && status < 400;
}

function renderItem(delivery: FakeDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.isRedelivery,
    duration: delivery.durationMs / 1000,
    status: isSuccess(delivery) ? 'OK' : `Invalid HTTP Response: ${delivery.status}`,
    status_code: delivery.status,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId ?? null,
    repository_id: delivery.repositoryId ?? null,
    throttled_at: null,
  };
}
