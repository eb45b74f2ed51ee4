import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'broken-off' };

/** Reads request bodies, each up to `maxBytes`, all together up to `maxTotalBytes`; what is over is refused unread. */
export function createBodyReader(limits: { readonly maxBytes: number; readonly maxTotalBytes: number }) {
  let totalBytes = 0;
  return async (request: IncomingMessage): Promise<Body> => {
    if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes) return { kind: 'too-large' };
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      // Left alive on return, so that a refusal can still be answered.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        // Without an encoding set, a request's chunks are buffers.
        const buffer = chunk as Buffer;
        bytes += buffer.length;
        totalBytes += buffer.length;
        if (bytes > limits.maxBytes) return { kind: 'too-large' };
        if (totalBytes > limits.maxTotalBytes) return { kind: 'busy' };
        chunks.push(buffer);
      }
      return { kind: 'read', text: Buffer.concat(chunks).toString('utf8') };
    } catch {
      // The client went away: there is nobody left to answer.
      return { kind: 'broken-off' };
    } finally {
      totalBytes -= bytes;
    }
  };
}
