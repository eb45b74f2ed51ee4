import type { SourceRule } from '../change-rule.ts';
import { isDockerfile, readDockerfile } from '../dockerfile.ts';

export const dockerAddUrl: SourceRule = {
  kind: 'source',
  rule: 'firsthand/docker-add-url',
  category: 'security',
  text: {
    title: 'A file from the network becomes part of the image unchecked',
    body: 'Nobody compares what {subject} gives with what was expected. Add `--checksum=sha256:…`, or download and check it in a `RUN`.',
    severity: 'medium',
    confidence: 0.9,
  },
  bad: [
    {
      head: { Dockerfile: 'FROM debian:12\nADD https://example.com/tool /bin/tool\n' },
      at: ['Dockerfile:2'],
    },
  ],
  good: [
    {
      head: {
        Dockerfile:
          'FROM debian:12\nADD --checksum=sha256:24454f https://example.com/tool /bin/tool\nADD src /src\n',
      },
    },
  ],
  reads: isDockerfile,
  check: (source) =>
    readDockerfile(source).flatMap(({ name, rest, startLine }) => {
      const url = /(?:^|\s)(https?:\/\/\S+)/.exec(rest)?.[1];
      return name !== 'ADD' || url === undefined || rest.includes('--checksum=')
        ? []
        : [{ startLine, subject: url }];
    }),
};
