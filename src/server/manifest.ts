import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { WEBHOOK_PATH } from './webhook-endpoint.ts';

const manifestSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  url: z.url(),
  public: z.literal(false),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])),
  default_events: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads `app.yml` of this package. */
export async function readManifest(): Promise<Manifest> {
  // The same distance from src/server and from dist/server.
  return manifestSchema.parse(parse(await readFile(new URL('../../app.yml', import.meta.url), 'utf8')));
}

/** The manifest as GitHub takes it (docs.github.com, "Registering a GitHub App from a manifest"). */
export function addAddresses(
  manifest: Manifest,
  { publicUrl, callbackUrl }: { readonly publicUrl: string; readonly callbackUrl: string },
): Manifest & Readonly<Record<string, unknown>> {
  return {
    ...manifest,
    url: publicUrl,
    hook_attributes: { url: `${publicUrl}${WEBHOOK_PATH}`, active: true },
    redirect_url: callbackUrl,
  };
}
