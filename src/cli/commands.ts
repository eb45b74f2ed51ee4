import type { CommandEntry } from './command.ts';

/**
 * Every command, in the order of the overview. Each is loaded when it is run: some bring a browser, a database or the
 * server with them, which cost the others most of a second at every start.
 */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'review',
    summary: 'Reads the diff of a local repository.',
    load: async () => (await import('./review.ts')).reviewCommand,
  },
  {
    name: 'verify',
    summary: 'Tries a deployment in a browser, beside the one to compare it with.',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  {
    name: 'start',
    summary: 'Runs the App: server and worker in one process.',
    load: async () => (await import('./start.ts')).startCommand,
  },
  {
    name: 'worker',
    summary: 'Runs a worker only; needs DATABASE_URL.',
    load: async () => (await import('./start.ts')).workerCommand,
  },
  {
    name: 'secret',
    summary: "Sets, lists or deletes a repository's secrets on the server.",
    load: async () => (await import('./secret.ts')).secretCommand,
  },
  {
    name: 'demo',
    summary: 'Shows the whole App on a sample pull request, offline.',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'doctor',
    summary: 'Checks the set-up and says what is missing.',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
];
