import { z } from 'zod';

/** What a part of the summary said when it was last written and no report says it better. */
const partNoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running'), runId: z.string() }),
  z.object({ kind: z.literal('done'), runId: z.string().optional() }),
  z.object({ kind: z.literal('cancelled'), by: z.string().optional() }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type PartNote = z.infer<typeof partNoteSchema>;

/** What the hidden end of our summary comment remembers between runs. */
const summaryMarkerSchema = z.object({
  head: z.string(),
  /** What became of every finding: signed, see `src/life/seal-ledger.ts`. */
  ledger: z.string().optional(),
  review: partNoteSchema.optional(),
  preview: partNoteSchema.optional(),
  /** The last earlier head whose review was finished. */
  previous: z.object({ head: z.string() }).optional(),
});
export type SummaryMarker = z.infer<typeof summaryMarkerSchema>;

/** What the hidden end of a review's body remembers. */
const reviewMarkerSchema = z.object({ head: z.string(), inline: z.array(z.string()) });
type ReviewMarker = z.infer<typeof reviewMarkerSchema>;

const ID = /^[0-9a-f]{12}$/;

export function writeSummaryMarker(marker: SummaryMarker): string {
  return writeMarker('summary v1', marker);
}

/** Reads the marker at the very end of one of our own comments; anywhere else it is somebody's text. */
export function readSummaryMarker(body: string): SummaryMarker | undefined {
  return readMarker('summary v1', summaryMarkerSchema, body);
}

export function writeReviewMarker(marker: ReviewMarker): string {
  return writeMarker('review v1', marker);
}

export function readReviewMarker(body: string): ReviewMarker | undefined {
  return readMarker('review v1', reviewMarkerSchema, body);
}

/** The hidden end of an inline comment. */
export function findingMarker(id: string): string {
  return `<!-- firsthand:finding ${ID.test(id) ? id : ''} -->`;
}

/** Reads the id of the finding that an inline comment of ours is about. */
export function readFindingMarker(body: string): string | undefined {
  return /\n<!-- firsthand:finding ([0-9a-f]{12}) -->\s*$/.exec(body)?.[1];
}

/** The hidden end of what is said in a thread when its finding is over. */
export function closedMarker(commentId: number): string {
  return `<!-- firsthand:closed ${commentId} -->`;
}

/** The hidden end of the one answer to people's replies in a thread. */
export function replyMarker(commentId: number): string {
  return `<!-- firsthand:reply ${commentId} -->`;
}

/** The hidden end of the answer to the comment `commentId`. */
export function answerMarker(commentId: number): string {
  return `<!-- firsthand:answer ${commentId} -->`;
}

/** Whether `body` ends with exactly this marker. */
export function endsWithMarker(body: string, marker: string): boolean {
  return body.trimEnd().endsWith(`\n${marker}`);
}

/** Applies `change` to what people read and leaves the hidden end as it is. */
export function changeVisibleBody(body: string, change: (text: string) => string): string {
  const marker = /\n<!-- firsthand:[^\n]*-->\s*$/.exec(body);
  return marker === null ? change(body) : `${change(body.slice(0, marker.index))}${marker[0]}`;
}

function writeMarker(name: string, value: unknown): string {
  // Escaped so that nothing in a value can end the HTML comment.
  const json = JSON.stringify(value).replace(
    /[<>&-]/g,
    (char) => `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `<!-- firsthand:${name} ${json} -->`;
}

function readMarker<Value>(name: string, schema: z.ZodType<Value>, body: string): Value | undefined {
  const json = new RegExp(`\\n<!-- firsthand:${name} (\\{[^\\n]*\\}) -->\\s*$`).exec(body)?.[1];
  if (json === undefined) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // A person with write access edited our comment: it is as if there were no marker.
    return undefined;
  }
}
