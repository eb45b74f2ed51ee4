import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CDPSession } from 'playwright';
import { z } from 'zod';
import type { AccessibilityViolation } from '../verify/ports.ts';
import { bounded } from './bounded.ts';

const AUDIT_MS = 3_000;
const STOP_MS = 500;
/** Larger pages take axe several seconds, during which they answer nothing else. */
const MAX_ELEMENTS = 6_000;
const MAX_VIOLATIONS = 300;
const WORLD = 'firsthand-audit';
/** What the Web Content Accessibility Guidelines ask for, levels A and AA; no advice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const violationsSchema = z.array(
  z.object({
    rule: z.string(),
    impact: z.enum(['minor', 'moderate', 'serious', 'critical']),
    help: z.string(),
    role: z.string(),
    name: z.string(),
    selector: z.string(),
    why: z.string(),
  }),
);

let source: Promise<string> | undefined;

/**
 * Runs axe over the main document, in a world of its own that the page's scripts and its content security policy do not
 * reach. Shadow trees are included, frames are not.
 *
 * `undefined` when the page is too large or did not answer within three seconds; what still runs is stopped then.
 */
export async function audit(cdp: CDPSession): Promise<readonly AccessibilityViolation[] | undefined> {
  const limit = new AbortController();
  const work = runAxe(cdp, limit.signal);
  const answer = await bounded(work, AUDIT_MS);
  limit.abort();
  if (answer === undefined) await bounded(cdp.send('Runtime.terminateExecution'), STOP_MS);
  return violationsSchema.safeParse(answer).data;
}

async function runAxe(cdp: CDPSession, late: AbortSignal): Promise<unknown> {
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: WORLD,
  });
  const call = async (work: (options: AuditOptions) => unknown): Promise<unknown> => {
    const { result, exceptionDetails } = await cdp.send('Runtime.callFunctionOn', {
      functionDeclaration: String(work),
      arguments: [{ value: { tags: TAGS, maxElements: MAX_ELEMENTS, maxViolations: MAX_VIOLATIONS } }],
      executionContextId,
      returnByValue: true,
      awaitPromise: true,
    });
    return exceptionDetails === undefined ? result.value : undefined;
  };
  const state = await call(prepare);
  if (state === 'too large' || late.aborted) return undefined;
  if (state === 'empty') {
    const expression = await axeSource();
    await cdp.send('Runtime.evaluate', { expression, contextId: executionContextId, returnByValue: true });
  }
  const answer = late.aborted ? undefined : await call(auditDocument);
  return typeof answer === 'string' ? JSON.parse(answer) : undefined;
}

function axeSource(): Promise<string> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return source;
}

interface AuditOptions {
  readonly tags: readonly string[];
  readonly maxElements: number;
  readonly maxViolations: number;
}

/** The part of axe that is used in the page. */
interface Axe {
  run(context: Document, options: object): Promise<{ readonly violations: readonly AxeRule[] }>;
  setup(context: Document): void;
  teardown(): void;
  readonly commons: {
    readonly aria: { getRole(element: Element): string | null };
    readonly text: { accessibleText(element: Element): string };
  };
}
interface AxeRule {
  readonly id: string;
  readonly impact?: string | null;
  readonly help: string;
  readonly nodes: readonly AxeNode[];
}
interface AxeNode {
  readonly element?: Element;
  readonly target: readonly (string | readonly string[])[];
  readonly any: readonly { readonly message: string }[];
  readonly all: readonly { readonly message: string }[];
  readonly none: readonly { readonly message: string }[];
}

/** Runs in the page's isolated world: whether it can be audited, and whether axe is there already. */
function prepare({ maxElements }: AuditOptions): 'ready' | 'empty' | 'too large' {
  if (document.getElementsByTagName('*').length > maxElements) return 'too large';
  return 'axe' in globalThis ? 'ready' : 'empty';
}

/** Runs in the page's isolated world; answers with JSON, because a deep value is copied field by field otherwise. */
async function auditDocument({ tags, maxViolations }: AuditOptions): Promise<string> {
  const axe = (globalThis as unknown as { readonly axe: Axe }).axe; // `prepare` and the source put it there
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
    elementRef: true,
    iframes: false,
    // It would fetch style sheets of other origins anew.
    preload: false,
  });
  const fold = (text: string, max: number): string => text.replace(/\s+/g, ' ').trim().slice(0, max);
  const found = violations
    .flatMap((rule) => rule.nodes.map((node) => ({ rule, node })))
    .slice(0, maxViolations);
  if (found.length > 0) axe.setup(document);
  try {
    return JSON.stringify(
      found.map(({ rule, node }) => ({
        rule: rule.id,
        impact: rule.impact ?? 'moderate',
        help: fold(rule.help, 200),
        role:
          (node.element === undefined ? null : axe.commons.aria.getRole(node.element)) ??
          node.element?.localName ??
          '',
        name:
          node.element === undefined
            ? ''
            : fold(axe.commons.text.accessibleText(node.element) || (node.element.textContent ?? ''), 80),
        selector: fold(node.target.flat().join(' '), 300),
        why: fold([...node.any, ...node.all, ...node.none][0]?.message ?? '', 300),
      })),
    );
  } finally {
    if (found.length > 0) axe.teardown();
  }
}
