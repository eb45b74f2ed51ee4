import type { Finding } from '../domain/finding.ts';
import type { Logger } from '../domain/logger.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import type { VerifyReport } from '../domain/report.ts';
import type { Picture, Publisher } from './ports.ts';
import { shownPictures } from './shown-pictures.ts';

/** More pictures than this are not stored for one run; the gravest findings come first. */
const MAX_PICTURES = 90;
/** Together, so that one push stays small. */
const MAX_BYTES = 40_000_000;

/**
 * Stores the pictures of a report's findings and returns their addresses by the names that the report uses.
 *
 * Best effort: when they cannot be stored this is logged and the map is empty, because a finding stands without its
 * pictures.
 */
export async function publishPictures(
  report: VerifyReport,
  options: {
    readonly publisher: Publisher;
    readonly repository: RepositoryRef;
    /** Names the place where they are kept; the same on every attempt of a run. */
    readonly key: string;
    readonly read: (name: string) => Promise<Uint8Array | undefined>;
    readonly logger: Logger;
  },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  try {
    const pictures = new Map<string, Picture>();
    let bytes = 0;
    for (const name of pictureNames(report)) {
      if (pictures.size === MAX_PICTURES) break;
      const png = await options.read(name);
      if (png === undefined || bytes + png.length > MAX_BYTES) continue;
      bytes += png.length;
      pictures.set(name, { name: name.replaceAll('/', '-'), png });
    }
    if (pictures.size === 0) return new Map();
    const stored = await options.publisher.storePictures(
      options.repository,
      options.key,
      [...pictures.values()],
      signal,
    );
    return new Map(
      [...pictures].flatMap(([name, picture]) => {
        const address = stored.get(picture.name);
        return address === undefined ? [] : [[name, address]];
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    options.logger.warn('the pictures could not be stored', { key: options.key, error });
    return new Map();
  }
}

/** The report with addresses in the place of the file names that were stored. */
export function withPictures(report: VerifyReport, addresses: ReadonlyMap<string, string>): VerifyReport {
  const replace = (finding: Finding): Finding => {
    if (finding.screenshots === undefined) return finding;
    const screenshots = Object.fromEntries(
      Object.entries(finding.screenshots).map(([kind, name]) => [kind, addresses.get(name ?? '') ?? name]),
    );
    return { ...finding, screenshots };
  };
  return {
    ...report,
    findings: report.findings.map(replace),
    changes: report.changes.map(replace),
    preExisting: report.preExisting.map(replace),
  };
}

function pictureNames(report: VerifyReport): ReadonlySet<string> {
  return new Set(report.findings.flatMap((finding) => shownPictures(finding).map(({ picture }) => picture)));
}
