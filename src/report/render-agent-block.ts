import type { Finding } from '../domain/finding.ts';
import { clip, fencedBlock, stripInvisible } from './escape.ts';
import { folded } from './fit.ts';

const MAX_TEXT = 1000;
const MAX_STEPS = 40;
/** The finding's own path leads nowhere for a reader of the comment. */
const WITNESS_PLACE = 'a Playwright test, in the check run “Firsthand: preview”, under the id';

/** A finding as a coding agent wants it: the fields as JSON, folded. Nothing in it can end the block. */
export function renderAgentBlock(finding: Finding, headSha?: string): string {
  const text = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : clip(stripInvisible(value), MAX_TEXT);
  const fields = {
    id: finding.id,
    commit: headSha,
    category: finding.category,
    severity: finding.severity,
    evidence: finding.evidence,
    source: text(finding.source),
    title: text(finding.title),
    location: finding.location,
    url: text(finding.url),
    viewport: text(finding.viewport),
    steps: finding.steps?.slice(0, MAX_STEPS),
    stepsLeftOut: leftOut(finding.steps?.length ?? 0),
    expected: text(finding.expected),
    actual: text(finding.actual),
    witness: finding.witness === undefined ? undefined : WITNESS_PLACE,
    done: doneWhen(finding),
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value, clipStrings)}`);
  const json = `{\n${lines.join(',\n')}\n}`;
  return folded('For agents', fencedBlock(inertJson(json), 'json'));
}

function leftOut(steps: number): number | undefined {
  return steps > MAX_STEPS ? steps - MAX_STEPS : undefined;
}

function doneWhen(finding: Finding): string {
  if (finding.witness !== undefined) return 'the test passes on the head';
  if (finding.steps !== undefined) return 'the steps give the expected result on the head';
  return `${stripInvisible(clip(finding.source, 100))} no longer reports this place`;
}

/** Also the strings inside steps and locations. */
function clipStrings(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? clip(stripInvisible(value), MAX_TEXT) : value;
}

/** The same JSON value without characters that Markdown, HTML or GitHub's links could read. */
function inertJson(json: string): string {
  return json.replace(/[<>&`@]/g, (char) => `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
