import { z } from 'zod';

/** What Vercel hides in its comment, as far as we use it: one entry for each project of the repository. */
const projectSchema = z.object({
  name: z.string().max(200),
  previewUrl: z.string().nullish(),
  nextCommitStatus: z.string().max(50),
  rootDirectory: z.string().max(500).nullish(),
});
const hiddenSchema = z.object({ projects: z.array(projectSchema).max(100) });
const MAX_HIDDEN = 60_000;

export interface VercelProject {
  readonly name: string;
  /** Without scheme, as Vercel writes it; empty while there is none. */
  readonly previewUrl: string;
  /** `DEPLOYED`, or what else it is. */
  readonly status: string;
  readonly rootDirectory?: string;
}

/** Reads `[vc]: #<signature>:<base64 of JSON>`, with which Vercel's comment begins; undefined when it does not. */
export function readVercelComment(body: string): readonly VercelProject[] | undefined {
  const encoded = /^\s*\[vc\]:\s*#[A-Za-z0-9+/=_-]*:([A-Za-z0-9+/=_-]+)/u.exec(body)?.[1];
  if (encoded === undefined || encoded.length > MAX_HIDDEN) return undefined;
  const parsed = hiddenSchema.safeParse(parseJson(decode(encoded)));
  return parsed.data?.projects.map(({ name, previewUrl, nextCommitStatus, rootDirectory }) => ({
    name,
    previewUrl: previewUrl ?? '',
    status: nextCommitStatus,
    ...(typeof rootDirectory === 'string' && rootDirectory !== '' ? { rootDirectory } : {}),
  }));
}

function decode(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    return new TextDecoder().decode(bytes);
  } catch {
    // No base64: no hidden part that we can read.
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses `undefined`.
    return undefined;
  }
}
