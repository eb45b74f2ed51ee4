import type { FileDiff } from '../domain/diff.ts';
import type { Diagnostic } from './ports.ts';
import type { RuleText } from './rules/rule-text.ts';

const LOCKFILE = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml)$/;
/** `"resolved": "https://host/…"` of npm, `resolved "https://host/…"` of yarn, `tarball: https://host/…` of pnpm. */
const RESOLVED = /(?:"resolved":\s*"|^\s*resolved\s+"|tarball:\s*)((?:git\+)?(?:https?|ssh):\/\/[^"\s,}]+)/;
const REGISTRIES = /^(?:registry\.npmjs\.org|registry\.yarnpkg\.com|registry\.npmmirror\.com|npm\.jsr\.io)$/;
const MAX_LINE = 2000;

const TEXT: RuleText = {
  title: 'The lock file takes packages from another place than before',
  body: 'Packages come from {subject}, which no unchanged line of this file names. Whoever controls that place decides what is installed, on every machine. Check that it is meant, and not a leftover of somebody’s own mirror.',
  severity: 'high',
  confidence: 0.85,
  topic: 'lockfile-host',
};
const PLAIN: RuleText = {
  title: 'The lock file takes a package over an unencrypted connection',
  body: '{subject}: anyone on the way can put another package in its place, and can also change a lock file’s checksum when it is made. Use https.',
  severity: 'high',
  confidence: 0.95,
  topic: 'lockfile-host',
};

/**
 * What the added lines of lock files say of where packages come from; one finding for each place and file.
 *
 * Lock files are generated and read by nobody, so this goes by the lines of the diff alone.
 */
export function findLockfileChanges(diff: readonly FileDiff[]): readonly Diagnostic[] {
  return diff.filter(({ path }) => LOCKFILE.test(path)).flatMap(judge);
}

function judge({ path, hunks, status }: FileDiff): readonly Diagnostic[] {
  const places = hunks.flatMap(({ lines }) =>
    lines.flatMap(({ kind, text, newLine }) => {
      const address = RESOLVED.exec(text.slice(0, MAX_LINE))?.[1];
      return address === undefined
        ? []
        : [{ kind, newLine, scheme: address.split(':')[0] ?? '', host: hostOf(address) }];
    }),
  );
  const known = new Set(places.filter(({ kind }) => kind !== 'added').map(({ host }) => host));
  const told = new Set<string>();
  return places.flatMap(({ kind, newLine, scheme, host }): readonly Diagnostic[] => {
    if (kind !== 'added' || newLine === undefined || told.has(host) || host === '') return [];
    // In a new file every host is new; a mirror is then the repository's own choice.
    const isNewHost = status !== 'added' && !known.has(host) && !REGISTRIES.test(host);
    if (scheme !== 'http' && !isNewHost) return [];
    told.add(host);
    const text = scheme === 'http' ? PLAIN : TEXT;
    const rule = scheme === 'http' ? 'firsthand/lockfile-plain-http' : 'firsthand/lockfile-host';
    return [{ rule, path, startLine: newLine, endLine: newLine, message: host, text }];
  });
}

function hostOf(address: string): string {
  return URL.parse(address.replace(/^git\+/, ''))?.host ?? '';
}
