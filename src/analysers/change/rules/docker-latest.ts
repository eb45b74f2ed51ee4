import type { SourceRule } from '../change-rule.ts';
import { isDockerfile, readDockerfile } from '../dockerfile.ts';

export const dockerLatest: SourceRule = {
  kind: 'source',
  rule: 'firsthand/docker-latest',
  category: 'security',
  text: {
    title: 'The image is built on whatever is newest that day',
    body: '{subject} names no version, so two builds of one commit can differ, and a bad release of the base gets in unseen. Name a version, better a digest.',
    severity: 'low',
    confidence: 0.9,
  },
  bad: [
    { head: { Dockerfile: 'FROM node:latest\nRUN npm ci\n' }, at: ['Dockerfile:1'] },
    { head: { 'web/Dockerfile': 'FROM nginx AS web\n' }, at: ['web/Dockerfile:1'] },
  ],
  good: [
    {
      head: {
        Dockerfile:
          'ARG BASE=node:24\nFROM node:24 AS build\nFROM build\nFROM scratch\nFROM $BASE\nFROM node@sha256:abc\n',
      },
    },
    { base: { Dockerfile: 'FROM node\n' }, head: { Dockerfile: 'FROM node\nRUN npm ci\n' } },
  ],
  reads: isDockerfile,
  check: (source) => {
    const from = readDockerfile(source).filter(({ name }) => name === 'FROM');
    const stages = new Set(from.flatMap(({ rest }) => /\sAS\s+(\S+)/i.exec(rest)?.[1]?.toLowerCase() ?? []));
    return from.flatMap(({ rest, startLine }) => {
      const image = rest.replace(/^(?:--\S+\s+)*/, '').split(/\s+/)[0] ?? '';
      const last = image.split('/').at(-1) ?? '';
      if (!/^[a-z0-9][^$@]*$/i.test(image) || image === 'scratch' || stages.has(image.toLowerCase()))
        return [];
      return last.includes(':') && !last.endsWith(':latest') ? [] : [{ startLine, subject: image }];
    });
  },
};
