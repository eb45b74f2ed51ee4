import type { CodeSource } from '../agent/ports.ts';

/** The same files, without known secrets. */
export function redactSource(source: CodeSource, redact: (text: string) => string): CodeSource {
  return {
    listTree: (commit, signal) => source.listTree(commit, signal),
    async readFiles(commit, paths, signal) {
      const files = await source.readFiles(commit, paths, signal);
      return new Map([...files].map(([path, bytes]) => [path, redactBytes(bytes, redact)]));
    },
  };
}

function redactBytes(bytes: Uint8Array, redact: (text: string) => string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8');
  const redacted = redact(text);
  return redacted === text ? bytes : Buffer.from(redacted);
}
