import { askerOf, receiptsIn } from './reading-bench.ts';
import type { AskedTurn, Script, ScriptedReply } from './scripted-model.ts';

/** A mistake that the model sees wherever its line stands. */
export interface KnownMistake {
  /** A part of the line. */
  readonly line: string;
  readonly kind: string;
  /** Titles for the same mistake; another one each time. */
  readonly words: readonly [string, ...string[]];
}

/**
 * A model that reads what it is given: it reports the lines with a mistake that stand in the passages, in other words each
 * time, confirms what it finds in the file, and answers questions by quoting the line.
 */
export function carefulModel(mistakes: readonly KnownMistake[]): Script {
  let told = 0;
  return (asked) => {
    const places = findPlaces(asked, mistakes);
    if (asked.tools.includes('answer')) return answerQuestion(places);
    if (askerOf(asked) === 'verifier') return decide(places);
    told += 1;
    const findings = asked.messages.length > 1 ? [] : places.map((place) => toClaim(place, told));
    return { toolCalls: [{ name: 'report', input: { receipts: receiptsIn(asked), findings } }] };
  };
}

interface Place {
  readonly mistake: KnownMistake;
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

/** `file: "src/a.js" (added)` and `   12+|code`, or `   12 |code`, as prompts show them. */
function findPlaces({ text }: AskedTurn, mistakes: readonly KnownMistake[]): readonly Place[] {
  const places = new Map<string, Place>();
  let path = '';
  for (const row of text.split('\n')) {
    path = /^(?:file|about): "([^"]+)"/.exec(row)?.[1] ?? path;
    const [, line = '', mark = '', code = ''] = /^\s*(\d+)([+ -])\|(.*)$/.exec(row) ?? [];
    const mistake = mark === '-' ? undefined : mistakes.find((one) => code.includes(one.line));
    if (mistake !== undefined)
      places.set(`${path}:${line}`, { mistake, path, line: Number(line), code: code.trim() });
  }
  return [...places.values()];
}

function toClaim({ mistake, path, line, code }: Place, told: number) {
  const { words, kind } = mistake;
  return {
    path,
    startLine: line,
    endLine: line,
    side: 'new',
    code,
    kind,
    title: words[told % words.length] ?? words[0],
    trigger: 'Somebody calls it with an empty list.',
    mechanism: `The line goes wrong, to say it in words number ${told}.`,
    consequence: 'The caller gets a wrong result.',
    evidence: [],
    severity: 'high',
    confidence: 0.9,
  };
}

function decide(places: readonly Place[]): ScriptedReply {
  const evidence = places.map(({ path, line, code }) => ({ path, line, code }));
  const input = {
    verdict: places.length > 0 ? 'confirmed' : 'refuted',
    isCausedByChange: true,
    reason: 'The line stands there, and nothing rules the case out.',
    evidence,
    severity: 'high',
    confidence: 0.9,
  };
  return { toolCalls: [{ name: 'decide', input }] };
}

function answerQuestion(places: readonly Place[]): ScriptedReply {
  const evidence = places.map(({ path, line, code }) => ({ path, line, code }));
  const input = { answer: 'No caller rules the empty list out.', view: 'holds', evidence };
  return { toolCalls: [{ name: 'answer', input }] };
}
