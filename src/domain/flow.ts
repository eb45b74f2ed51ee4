import { z } from 'zod';

const nameOrTarget = z.union([
  z.string().min(1).describe('An accessible name; the role is taken from the kind of step.'),
  z
    .strictObject({
      role: z.string().optional(),
      name: z.string().optional(),
      nth: z.int().min(0).optional().describe('Which of several matches, counted from 0.'),
      within: z
        .string()
        .optional()
        .describe('Accessible name of the region, list item or row that contains it.'),
    })
    .refine((target) => target.role !== undefined || target.name !== undefined, 'needs a role or a name'),
  z.strictObject({ testId: z.string().min(1) }),
  z.strictObject({ css: z.string().min(1) }),
]);

/** What a step acts on: an accessible name, or a fuller description of the element. */
export const targetSchema = nameOrTarget;
export type Target = z.infer<typeof targetSchema>;

const expectation = z
  .strictObject({
    text: z.string().optional().describe('This text is visible somewhere on the page.'),
    notText: z.string().optional().describe('This text is visible nowhere on the page.'),
    url: z
      .string()
      .optional()
      .describe('The path (with query) of the page; `*` matches any run of characters.'),
    visible: targetSchema.optional(),
    hidden: targetSchema.optional(),
    count: z.strictObject({ of: targetSchema, is: z.int().min(0) }).optional(),
    value: z.strictObject({ field: targetSchema, is: z.string() }).optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'says nothing to expect');

/** One action or expectation of a flow, as written in the configuration: exactly one of the keys. */
export const stepSchema = z.union([
  z.strictObject({ goto: z.string().min(1).describe('A path on the site, such as /products.') }),
  z.strictObject({ click: targetSchema }),
  z.strictObject({ fill: z.strictObject({ field: targetSchema, value: z.string() }) }),
  z.strictObject({ select: z.strictObject({ field: targetSchema, option: z.string() }) }),
  z.strictObject({ press: z.string().min(1).describe("A key in Playwright's spelling, such as Enter.") }),
  z.strictObject({ doubleClick: targetSchema }),
  z.strictObject({ hover: targetSchema }),
  z.strictObject({
    go: z
      .enum(['back', 'forward', 'reload', 'new tab'])
      .describe(
        'In the history, or the same address in a new tab of the same window, where the flow goes on.',
      ),
  }),
  z.strictObject({
    scroll: z.literal('end').describe('To the end of the page and of every part of it that scrolls.'),
  }),
  z.strictObject({ expect: expectation }),
]);
export type Step = z.infer<typeof stepSchema>;
export type Expectation = z.infer<typeof expectation>;

/** A user journey through the product. */
export const flowSchema = z.strictObject({
  name: z.string().min(1).max(100),
  paths: z
    .array(z.string().min(1))
    .optional()
    .describe('Globs; the flow runs when the diff touches one of them. Left out: it always runs.'),
  as: z
    .string()
    .optional()
    .describe('The role of `accounts` in which the flow is driven; the account of `login` when left out.'),
  preview: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Where a commit has several previews: the project, or the host, of the one on which the flow is driven; on each when left out.',
    ),
  steps: z.array(stepSchema).min(1).max(100),
});
export type Flow = z.infer<typeof flowSchema>;

/** Names a target as a person would. */
export function describeTarget(target: Target): string {
  if (typeof target === 'string') return `“${target}”`;
  if ('testId' in target) return `the element with test id “${target.testId}”`;
  if ('css' in target) return `the element ${target.css}`;
  const what = [target.role, target.name === undefined ? undefined : `“${target.name}”`];
  const nth = target.nth === undefined ? '' : ` (number ${target.nth + 1})`;
  const within = target.within === undefined ? '' : ` in “${target.within}”`;
  return `${what.filter((part) => part !== undefined).join(' ')}${nth}${within}`;
}

const GOING = {
  back: 'go back',
  forward: 'go forward',
  reload: 'reload the page',
  'new tab': 'open the page in a new tab',
} as const;

/** Says in words what a step does: `click “Add to cart”`. */
export function describeStep(step: Step): string {
  if ('goto' in step) return `open ${step.goto}`;
  if ('click' in step) return `click ${describeTarget(step.click)}`;
  if ('fill' in step) return `type “${step.fill.value}” into ${describeTarget(step.fill.field)}`;
  if ('select' in step) return `choose “${step.select.option}” in ${describeTarget(step.select.field)}`;
  if ('press' in step) return `press ${step.press}`;
  if ('doubleClick' in step) return `double-click ${describeTarget(step.doubleClick)}`;
  if ('hover' in step) return `point at ${describeTarget(step.hover)}`;
  if ('go' in step) return GOING[step.go];
  if ('scroll' in step) return 'scroll to the end';
  return `expect ${describeExpectation(step.expect)}`;
}

function describeExpectation(expected: Expectation): string {
  const parts: string[] = [];
  if (expected.text !== undefined) parts.push(`the text “${expected.text}”`);
  if (expected.notText !== undefined) parts.push(`no text “${expected.notText}”`);
  if (expected.url !== undefined) parts.push(`the page ${expected.url}`);
  if (expected.visible !== undefined) parts.push(`${describeTarget(expected.visible)} to be visible`);
  if (expected.hidden !== undefined) parts.push(`${describeTarget(expected.hidden)} to be hidden`);
  if (expected.count !== undefined)
    parts.push(`${expected.count.is} of ${describeTarget(expected.count.of)}`);
  if (expected.value !== undefined) {
    parts.push(`${describeTarget(expected.value.field)} to hold “${expected.value.is}”`);
  }
  return parts.join(' and ');
}
