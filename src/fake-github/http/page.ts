import { type Call, ok, type Reply } from './call.ts';

/** The page of `items` that the call asks for (30 by default, 100 at most), with the `Link` header to the others. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  render: (items: readonly Item[]) => unknown,
): Reply {
  const size = Math.min(Math.max(Number(call.query.get('per_page') ?? 30), 1), 100);
  const number = Math.max(Number(call.query.get('page') ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const links = linkHeader(call.url, number, last);
  return {
    ...ok(render(items.slice((number - 1) * size, number * size))),
    headers: links === '' ? {} : { link: links },
  };
}

function linkHeader(url: URL, number: number, last: number): string {
  const link = (to: number, relation: string): string => {
    const address = new URL(url);
    address.searchParams.set('page', String(to));
    return `<${address.href}>; rel="${relation}"`;
  };
  const before = number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : [];
  const after = number < last ? [link(number + 1, 'next'), link(last, 'last')] : [];
  return [...before, ...after].join(', ');
}
