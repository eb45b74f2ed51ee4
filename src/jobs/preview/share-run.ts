import type { Flow } from '../../domain/flow.ts';
import type { VerifyReport } from '../../domain/report.ts';
import type { ArtifactStore } from '../../verify/ports.ts';
import type { VerifySettings } from '../../verify/settings.ts';

/** One of several previews of a commit, as configuration may name it. */
export interface PreviewName {
  readonly project: string;
  readonly url: string;
}

/** Whether a flow is driven on a preview. One that is alone and has no name is meant by every flow. */
export function isFlowOf({ preview }: Flow, { project, url }: PreviewName, count: number): boolean {
  if (preview === undefined || (count === 1 && project === '')) return true;
  const wanted = preview.toLowerCase();
  return [project.toLowerCase(), new URL(url).host].includes(wanted);
}

/**
 * What one of `count` previews may use of a run's budget, which is the run's and not each preview's: an equal share; and
 * the flows that do not name another one.
 */
export function shareSettings<Settings extends VerifySettings>(
  settings: Settings,
  { preview, count }: { readonly preview: PreviewName; readonly count: number },
): Settings {
  const flows = settings.flows.filter((flow) => isFlowOf(flow, preview, count));
  if (count === 1) return { ...settings, flows };
  const { actions, seconds } = settings.explore;
  return {
    ...settings,
    explore: {
      ...settings.explore,
      actions: Math.max(1, Math.floor(actions / count)),
      seconds: Math.max(5, Math.floor(seconds / count)),
    },
    flows,
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
