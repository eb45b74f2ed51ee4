import type { VerifyReport } from '../../domain/report.ts';
import type { ArtifactStore } from '../../verify/ports.ts';
import type { VerifySettings } from '../../verify/settings.ts';

/**
 * What one of `count` previews may use of a run's budget, which is the run's and not each preview's: an equal share. Configured
 * flows are driven on the first only, since nothing says to which project they belong.
 */
export function shareSettings<Settings extends VerifySettings>(
  settings: Settings,
  { index, count }: { readonly index: number; readonly count: number },
): Settings {
  if (count === 1) return settings;
  const { actions, seconds } = settings.explore;
  return {
    ...settings,
    explore: {
      ...settings.explore,
      actions: Math.max(1, Math.floor(actions / count)),
      seconds: Math.max(5, Math.floor(seconds / count)),
    },
    flows: index === 0 ? settings.flows : [],
  };
}

/** The files of a further preview in a folder of their own: two previews may name theirs alike. */
export function shareArtifacts(artifacts: ArtifactStore, index: number): ArtifactStore {
  if (index === 0) return artifacts;
  return { write: (name, bytes) => artifacts.write(`${folderOf(index)}${name}`, bytes) };
}

/** The report with the names under which its files were kept; see `shareArtifacts`. */
export function withFolder(report: VerifyReport, index: number): VerifyReport {
  if (index === 0) return report;
  const inFolder = (name: string): string => `${folderOf(index)}${name}`;
  const move = (finding: VerifyReport['findings'][number]): VerifyReport['findings'][number] => ({
    ...finding,
    ...(finding.witness === undefined ? {} : { witness: inFolder(finding.witness) }),
    ...(finding.screenshots === undefined
      ? {}
      : {
          screenshots: Object.fromEntries(
            Object.entries(finding.screenshots).map(([kind, name = '']) => [kind, inFolder(name)]),
          ),
        }),
  });
  return {
    ...report,
    findings: report.findings.map(move),
    changes: report.changes.map(move),
    preExisting: report.preExisting.map(move),
  };
}

function folderOf(index: number): string {
  return `preview-${index + 1}/`;
}
