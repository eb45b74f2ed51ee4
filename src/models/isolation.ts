import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How the reading process is kept from the network on this machine. */
export interface Isolation {
  /** The program and its arguments that stand before Node; empty when there is none. */
  readonly wrapper: readonly string[];
  /** For the report. */
  readonly description: string;
}

const UNSHARE = ['unshare', '--user', '--map-root-user', '--net', '--'] as const;
const PROBE_TIMEOUT_MS = 10_000;

const OWN_PROCESS = 'a process of its own without environment, token or files';

let probed: Promise<Isolation> | undefined;

/** Finds out once whether this machine lets a program run in a network namespace of its own, in which there is nothing. */
export function findIsolation(): Promise<Isolation> {
  probed ??= probe();
  return probed;
}

async function probe(): Promise<Isolation> {
  const [program, ...args] = UNSHARE;
  try {
    await promisify(execFile)(program, [...args, 'true'], { timeout: PROBE_TIMEOUT_MS });
    return {
      wrapper: UNSHARE,
      description: `${OWN_PROCESS}, and without network: its parent sends its requests, to the model's address only`,
    };
  } catch {
    // Absent, or forbidden here.
    return {
      wrapper: [],
      description: `${OWN_PROCESS}; its parent sends its requests, to the model's address only, but this machine cannot take the network from it`,
    };
  }
}
