import type { SourceRule } from '../change-rule.ts';
import { isDockerfile, readDockerfile } from '../dockerfile.ts';

const NAMED =
  /\b([A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)[A-Z0-9_]*)[= ]\s*["']?([^\s"']+)/i;
const NO_SECRET = /^(?:\$|\/|https?:|true$|false$|\d{1,6}$|<|change_?me|example|dummy|none$|null$|todo)/i;
/** Names that end like this hold where the secret lies, or how long it lasts, not the secret. */
const ABOUT_IT =
  /_(?:FILE|PATH|DIR|URL|URI|NAME|ID|TTL|EXPIRY|EXPIRES|LIFETIME|LENGTH|TYPE|ALGORITHM|HEADER|COOKIE|ENABLED)$/i;

export const dockerSecret: SourceRule = {
  kind: 'source',
  rule: 'firsthand/docker-secret',
  category: 'security',
  text: {
    title: 'A secret is baked into the image',
    body: 'The value of {subject} stays in the image’s layers and history, for everyone who can pull it, also when a later line unsets it. Give it at run time, or to the build with `RUN --mount=type=secret`.',
    severity: 'high',
    confidence: 0.88,
    topic: 'secret',
  },
  bad: [
    { head: { Dockerfile: 'FROM node:24\nENV DB_PASSWORD=hunter2-prod\n' }, at: ['Dockerfile:2'] },
    { head: { Dockerfile: 'FROM node:24\nARG NPM_TOKEN="abc123def"\n' }, at: ['Dockerfile:2'] },
  ],
  good: [
    {
      head: {
        Dockerfile:
          'FROM node:24\nARG NPM_TOKEN\nENV DB_PASSWORD=$DB_PASSWORD\nENV TOKEN_TTL=3600 SECRET_FILE=/run/secrets/x\n',
      },
    },
  ],
  reads: isDockerfile,
  check: (source) =>
    readDockerfile(source).flatMap(({ name, rest, startLine, endLine }) => {
      if (name !== 'ENV' && name !== 'ARG') return [];
      const [, variable = '', value = ''] = NAMED.exec(rest) ?? [];
      if (value === '' || NO_SECRET.test(value) || ABOUT_IT.test(variable)) return [];
      return [{ startLine, endLine, subject: variable }];
    }),
};
