import type { Finding, Severity } from '../domain/finding.ts';
import type { ReviewReport } from '../domain/report.ts';
import { uniqueFindings } from './select-findings.ts';

const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

/** What GitHub's code scanning sorts security results by. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

/**
 * Renders a review as SARIF 2.1.0, for code scanning and editors.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: ReviewReport): string {
  const findings = uniqueFindings(report.findings);
  const sources = [...new Set(findings.map((finding) => finding.source))];
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Firsthand',
            version: report.tool.version,
            rules: sources.map((source) => toRule(source, findings)),
          },
        },
        invocations: [toInvocation(report)],
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        results: findings.map((finding) => toResult(finding, sources.indexOf(finding.source))),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return JSON.stringify(sarif, null, 2);
}

function toRule(source: string, findings: readonly Finding[]): object {
  const worst = findings.find((finding) => finding.source === source);
  const isSecurity = worst?.category === 'security';
  return {
    id: source,
    name: source,
    shortDescription: { text: source },
    properties: {
      tags: worst === undefined ? [] : [worst.category],
      ...(isSecurity ? { 'security-severity': SECURITY_SEVERITY[worst.severity] } : {}),
    },
  };
}

/** A reviewer that failed makes the run unsuccessful; a file that was not read is a warning. */
function toInvocation(report: ReviewReport): object {
  const failed = report.reviewers.filter((reviewer) => reviewer.status === 'failed');
  return {
    executionSuccessful: failed.length === 0,
    startTimeUtc: report.startedAt,
    toolExecutionNotifications: [
      ...failed.map((reviewer) => ({
        level: 'error',
        message: {
          text: `The ${reviewer.category} reviewer failed: ${reviewer.reason ?? 'no reason given'}`,
        },
      })),
      ...report.notAnalysed.map((file) => ({
        level: 'warning',
        message: { text: `Not analysed: ${file.reason}` },
        locations: [{ physicalLocation: { artifactLocation: toArtifact(file.path) } }],
      })),
    ],
  };
}

function toResult(finding: Finding, ruleIndex: number): object {
  const place = finding.location;
  const region = place?.side === 'RIGHT' ? { startLine: place.startLine, endLine: place.endLine } : undefined;
  return {
    ruleId: finding.source,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: {
      text: `${finding.title}\n\n${finding.body}`.trim(),
      markdown: `**${finding.title}**\n\n${finding.body}`.trim(),
    },
    locations:
      place === undefined
        ? []
        : [
            {
              physicalLocation: {
                artifactLocation: toArtifact(place.path),
                ...(region === undefined ? {} : { region }),
              },
            },
          ],
    partialFingerprints: { 'firsthandFinding/v1': finding.id },
    properties: {
      category: finding.category,
      severity: finding.severity,
      evidence: finding.evidence,
      confidence: finding.confidence,
    },
    ...toFixes(finding),
  };
}

function toFixes(finding: Finding): object {
  const { location, suggestion } = finding;
  if (suggestion === undefined || location?.side !== 'RIGHT') return {};
  const text = suggestion.endsWith('\n') ? suggestion : `${suggestion}\n`;
  const deletedRegion = {
    startLine: location.startLine,
    startColumn: 1,
    endLine: location.endLine + 1,
    endColumn: 1,
  };
  return {
    fixes: [
      {
        description: { text: 'The suggested lines.' },
        artifactChanges: [
          {
            artifactLocation: toArtifact(location.path),
            replacements: [{ deletedRegion, insertedContent: { text } }],
          },
        ],
      },
    ],
  };
}

function toArtifact(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
