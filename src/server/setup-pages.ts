import { html, type Markup } from './page.ts';

interface Page {
  readonly title: string;
  readonly body: Markup;
  readonly formOrigin?: string;
}

/** The form that hands the manifest to GitHub, which asks for the name and registers the app. */
export function registerPage(options: {
  readonly action: string;
  readonly manifest: string;
  readonly serverUrl: string;
  readonly publicUrl: string;
  readonly organization: string;
  readonly token: string;
}): Page {
  const { action, manifest, serverUrl, publicUrl, organization, token } = options;
  const owner = organization === '' ? 'your own account' : `the organization ${organization}`;
  const warning = isLoopback(publicUrl) && !isLoopback(serverUrl);
  return {
    title: 'Register Firsthand at GitHub',
    formOrigin: new URL(serverUrl).origin,
    body: html`<p>GitHub creates the app for ${owner}, with the permissions of <code>app.yml</code>, and sends webhooks
to <code>${publicUrl}</code>. Its credentials come back here and stay on this server.</p>
${warning ? html`<p><strong>GitHub cannot reach that address.</strong> Set <code>FIRSTHAND_PUBLIC_URL</code> to one that it can reach, and start again.</p>` : ''}
<form method="post" action="${action}">
<input type="hidden" name="manifest" value="${manifest}">
<p><button>Register at ${new URL(serverUrl).host}</button></p>
</form>
<form method="get" action="/setup">
<input type="hidden" name="token" value="${token}">
<p><label>For an organization instead: <input name="organization" value="${organization}" maxlength="39"></label>
<button>Choose</button></p>
</form>`,
  };
}

export function registeredPage(installUrl: string): Page {
  return {
    title: 'Firsthand is registered',
    body: html`<p>The credentials are saved, and the server starts now.</p>
<p><a href="${installUrl}">Install it on your repositories</a>.</p>`,
  };
}

export function failedPage(message: string): Page {
  return { title: 'That did not work', body: html`<p>${message}</p>` };
}

export function badLinkPage(): Page {
  return {
    title: 'Firsthand is not configured yet',
    body: html`<p>Open the address that the server printed on its terminal when it started.</p>`,
  };
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(new URL(url).hostname);
}
