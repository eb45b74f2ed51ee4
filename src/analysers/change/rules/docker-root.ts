import type { ChangeRule } from '../change-rule.ts';
import { type Instruction, isDockerfile, readDockerfile } from '../dockerfile.ts';
import type { Source } from '../source.ts';

export const dockerRoot: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/docker-root',
  category: 'security',
  text: {
    title: 'The container runs as root again',
    body: 'Before, the image ended with {subject}; now its program runs as root, and whoever breaks into it has all rights in the container. Switch back to the other user before the end.',
    severity: 'medium',
    confidence: 0.93,
  },
  bad: [
    {
      base: { Dockerfile: 'FROM node:24\nUSER node\nCMD ["node"]\n' },
      head: { Dockerfile: 'FROM node:24\nUSER node\nUSER root\nCMD ["node"]\n' },
      at: ['Dockerfile:3'],
    },
    {
      base: { Dockerfile: 'FROM node:24\nUSER node\nCMD ["node"]\n' },
      head: { Dockerfile: 'FROM node:24\nCMD ["node"]\n' },
      at: ['Dockerfile:-2'],
    },
  ],
  good: [
    {
      base: { Dockerfile: 'FROM node:24\nUSER node\n' },
      head: { Dockerfile: 'FROM node:24\nUSER root\nRUN apt-get update\nUSER node\n' },
    },
    { base: { Dockerfile: 'FROM node:24\n' }, head: { Dockerfile: 'FROM node:24\nRUN ls\n' } },
    {
      base: { Dockerfile: 'FROM node:24\nUSER node\n' },
      head: { Dockerfile: 'FROM gcr.io/distroless/nodejs:nonroot\n' },
    },
  ],
  reads: isDockerfile,
  check: ({ head, base }) => {
    const before = lastUser(base);
    if (head === undefined || before === undefined || isRoot(before)) return [];
    const now = lastUser(head);
    const image =
      readDockerfile(head)
        .filter(({ name }) => name === 'FROM')
        .at(-1)?.rest ?? '';
    const was =
      readDockerfile(base ?? head)
        .filter(({ name }) => name === 'FROM')
        .at(-1)?.rest ?? '';
    const subject = `USER ${before.rest}`;
    if (now === undefined)
      return image === was ? [{ startLine: before.startLine, side: 'LEFT', subject }] : [];
    return isRoot(now) ? [{ startLine: now.startLine, subject }] : [];
  },
};

/** The user of the last stage, which is what runs. */
function lastUser(source: Source | undefined): Instruction | undefined {
  if (source === undefined) return undefined;
  const all = readDockerfile(source);
  const stage = all.slice(all.findLastIndex(({ name }) => name === 'FROM') + 1);
  return stage.findLast(({ name }) => name === 'USER');
}

function isRoot({ rest }: Instruction): boolean {
  return /^(?:root|0)(?::\S+)?\s*$/.test(rest);
}
