import type { Fault } from './schema-checker.ts';

/**
 * What GitHub refuses although its description allows it, by operation. The sources are the REST documentation's
 * prose and answers of GitHub seen by others; a rule that needs the repository (is the line in the diff?) is not here.
 */
export function checkExtraRules(operationId: string, body: unknown): readonly Fault[] {
  const rule = RULES[operationId];
  return rule === undefined || !isRecord(body) ? [] : rule(body);
}

type Body = Readonly<Record<string, unknown>>;
type Rule = (body: Body) => readonly Fault[];

/** The longest body of a comment or review, in characters. */
const MAX_BODY = 65_536;

const RULES: Readonly<Record<string, Rule>> = {
  'issues/create-comment': bodyLength,
  'issues/update-comment': bodyLength,
  'pulls/create-reply-for-review-comment': bodyLength,
  'pulls/update-review-comment': bodyLength,
  'pulls/update-review': bodyLength,
  'pulls/submit-review': bodyLength,
  'pulls/create-review-comment': (body) => [...bodyLength(body), ...anchor(body, '')],
  'pulls/create-review': (body) => [
    ...bodyLength(body),
    ...records(body['comments']).flatMap((comment, index) => [
      ...bodyLength(comment).map((fault) => ({ ...fault, where: `/comments/${index}${fault.where}` })),
      ...anchor(comment, `/comments/${index}`),
    ]),
  ],
  'checks/create': checkRun,
  'checks/update': checkRun,
};

function bodyLength(body: Body): readonly Fault[] {
  const text = body['body'];
  if (typeof text !== 'string' || Array.from(text).length <= MAX_BODY) return [];
  return [{ where: '/body', what: `body is too long (maximum is ${MAX_BODY} characters)` }];
}

/** `side` is a plain string in the description of a review's comments; the lines' order is prose everywhere. */
function anchor(comment: Body, at: string): readonly Fault[] {
  const faults: Fault[] = [];
  for (const field of ['side', 'start_side']) {
    const side = comment[field];
    if (side !== undefined && side !== 'LEFT' && side !== 'RIGHT') {
      faults.push({
        where: `${at}/${field}`,
        what: 'must be equal to one of the allowed values: LEFT, RIGHT',
      });
    }
  }
  const { line, start_line: start } = comment;
  if (typeof start === 'number' && typeof line === 'number' && start >= line) {
    faults.push({ where: `${at}/start_line`, what: 'start_line must precede the end line.' });
  }
  if (typeof start === 'number' && line === undefined) {
    faults.push({ where: `${at}/line`, what: 'start_line needs a line.' });
  }
  return faults;
}

function checkRun(body: Body): readonly Fault[] {
  const faults: Fault[] = [];
  if (body['status'] === 'completed' && body['conclusion'] === undefined) {
    faults.push({ where: '/conclusion', what: 'is required when status is completed' });
  }
  if (body['conclusion'] === 'stale') {
    faults.push({ where: '/conclusion', what: 'only GitHub can set the conclusion stale' });
  }
  const details = body['details_url'];
  if (typeof details === 'string' && !/^https?:\/\/\S+$/.test(details)) {
    faults.push({ where: '/details_url', what: 'must use http or https scheme' });
  }
  const output = isRecord(body['output']) ? body['output'] : {};
  records(output['annotations']).forEach((annotation, index) => {
    faults.push(...checkAnnotation(annotation, `/output/annotations/${index}`));
  });
  return faults;
}

function checkAnnotation(annotation: Body, at: string): readonly Fault[] {
  const { start_line: start, end_line: end } = annotation;
  const faults: Fault[] = [];
  if (typeof start === 'number' && typeof end === 'number' && end < start) {
    faults.push({ where: `${at}/end_line`, what: 'must not be before start_line' });
  }
  const hasColumn = annotation['start_column'] !== undefined || annotation['end_column'] !== undefined;
  if (hasColumn && start !== end) {
    faults.push({ where: `${at}/start_column`, what: 'columns need start_line and end_line to be equal' });
  }
  return faults;
}

function records(value: unknown): readonly Body[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
