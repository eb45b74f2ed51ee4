import type { ServerResponse } from 'node:http';

/** Markup that is safe to send; made by `html` only. */
export interface Markup {
  readonly markup: string;
}

/** A template whose values are escaped, except those that are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  const rendered = values.map((value) =>
    typeof value === 'object' ? value.markup : escapeHtml(String(value)),
  );
  return { markup: String.raw({ raw: parts }, ...rendered) };
}

/** Sends a small page that loads nothing. `formOrigin` is the only other place that its forms may go. */
export function sendPage(
  response: ServerResponse,
  status: number,
  page: { readonly title: string; readonly body: Markup; readonly formOrigin?: string },
): void {
  const { title, body, formOrigin = '' } = page;
  const { markup } = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>${title}</h1>
${body}
</html>
`;
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(markup),
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${formOrigin}`,
      'cache-control': 'no-store',
      // An address of ours may hold a token.
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(markup);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
