import type { Prompt } from './prompt.ts';

/** How every finder reads passages and gives its answer. */
export const FINDER_FORM: Prompt = {
  version: 'form 2',
  text: `# The passages

Each line begins with its number and a mark: "+" added, "-" removed (the number is then the old one), a blank for unchanged. "|" ends the mark; the code follows it. "…" stands for lines that are left out. ⟨U+…⟩ stands for an invisible character. Behind each passage stands its receipt.

# The answer

When you have read every passage to its end, call the tool "report" once (or, where you have no tools, write its input as one JSON object and nothing else):

{
  "receipts": ["H1:a1b2c", …],       one for every passage that you read to its end, copied from behind it
  "findings": [{
    "path": "src/a.ts",
    "startLine": 12, "endLine": 13,   the lines that must change, at most 10: marked lines ("+" or "-"), or at most three lines from one
    "side": "new",                    "old" when it is about removed lines; the numbers are then the old ones
    "code": "…",                      exactly these lines, character for character, without number and mark
    "kind": "…",
    "title": "…",                     at most 80 characters: what goes wrong, not what to do
    "trigger": "…",                   the concrete input or sequence of events
    "mechanism": "…",                 how the lines lead there, step by step, naming lines
    "consequence": "…",               what comes out, and what should have
    "evidence": [{ "path": "src/b.ts", "line": 40, "code": "…" }],   other lines that it rests on, copied exactly
    "severity": "critical" | "high" | "medium" | "low",
    "confidence": 0.0 to 1.0,
    "replacement": "…" or null,       new text for exactly startLine to endLine that mends it wholly, with the indentation; null when more must change
    "rule": { "path": "…", "text": "…" }   only for findings about written rules
  }]
}

Quotes are compared with the files byte by byte, and a finding whose quote does not match is lost: copy, never retype, never shorten. Write plainly, one or two sentences for each text, without Markdown headings, links, HTML or names of people.`,
};
