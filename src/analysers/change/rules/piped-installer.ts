import type { SourceRule } from '../change-rule.ts';
import { isDockerfile } from '../dockerfile.ts';
import { isWorkflow } from '../workflow.ts';

const PIPED =
  /\b(?:curl|wget)\b[^|#\n]*?(https?:\/\/[^\s|"']+)[^|#\n]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:ba|z|da)?sh\b/;
/** Installers that their makers publish only in this form, over TLS from their own host. */
const WELL_KNOWN =
  /^https:\/\/(?:sh\.rustup\.rs|deb\.nodesource\.com|get\.docker\.com|install\.python-poetry\.org|astral\.sh|bun\.sh|deno\.land|get\.pnpm\.io|raw\.githubusercontent\.com\/nvm-sh|raw\.githubusercontent\.com\/Homebrew)\b/;

export const pipedInstaller: SourceRule = {
  kind: 'source',
  rule: 'firsthand/piped-installer',
  category: 'security',
  text: {
    title: 'A script from the network is run unseen',
    body: 'Whatever {subject} answers at build time runs at once, with the rights of the build. Download it, compare its checksum, then run it; or install a package.',
    severity: 'medium',
    confidence: 0.85,
  },
  bad: [
    {
      head: { Dockerfile: 'FROM debian:12\nRUN curl -sSL https://get.example.com/tool | bash\n' },
      at: ['Dockerfile:2'],
    },
  ],
  good: [
    { head: { Dockerfile: 'FROM debian:12\nRUN curl -sSL https://get.example.com/tool.tgz | tar xz\n' } },
    {
      head: {
        Dockerfile: "FROM debian:12\nRUN curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y\n",
      },
    },
    { head: { Dockerfile: '# curl https://get.example.com/tool | bash\nFROM debian:12\n' } },
  ],
  reads: (path) => isDockerfile(path) || isWorkflow(path),
  check: (source) =>
    source.lines.flatMap((line, index) => {
      const url = PIPED.exec(line.slice(0, 2000))?.[1];
      if (url === undefined || WELL_KNOWN.test(url) || /^\s*#/.test(line)) return [];
      return [{ startLine: index + 1, subject: url }];
    }),
};
