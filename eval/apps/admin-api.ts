/** The shop's API, as its administrator uses it. */
export interface AdminApi {
  /** Posts and returns the `data` of the answer. Throws with the shop's words when it refuses. */
  post(path: string, body: unknown): Promise<Readonly<Record<string, unknown>>>;
}

const LIMIT_MS = 120_000;

/** Logs in and returns what acts with the token. */
export async function openAdminApi(
  url: string,
  account: { readonly email: string; readonly password: string },
): Promise<AdminApi> {
  const { email, password } = account;
  const { accessToken } = await post(`${url}/api/user/tokens`, { email, password }, {});
  if (typeof accessToken !== 'string') throw new Error('the shop gave its administrator no token');
  return {
    post: (path, body) => post(`${url}/api${path}`, body, { authorization: `Bearer ${accessToken}` }),
  };
}

async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await response.text();
  const path = new URL(url).pathname;
  if (!response.ok)
    throw new Error(`the shop refused POST ${path}: ${response.status} ${text.slice(0, 300)}`);
  const answer: unknown = JSON.parse(text);
  const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
  if (typeof data !== 'object' || data === null)
    throw new Error(`POST ${path}: no data in the answer ${text.slice(0, 300)}`);
  return { ...data };
}
