import type { BlockStatement, CatchClause, TryStatement } from 'oxc-parser';
import type { ChangeRule, Hit } from '../change-rule.ts';
import { allOf, SCRIPT, type Source } from '../source.ts';

/** A failure that the base reported and the head drops. */
export const swallowedError: ChangeRule = {
  kind: 'change',
  rule: 'firsthand/swallowed-error',
  category: 'logic',
  text: {
    title: 'An error that was reported before is dropped',
    body: 'Before, a failure of {subject} was passed on or logged; now nothing tells of it, and the code goes on as if it had worked. Pass it on, log it, or say in a comment why it does not matter.',
    severity: 'high',
    confidence: 0.9,
    topic: 'swallowed',
  },
  bad: [
    {
      base: {
        'a.ts':
          'export async function f() {\n  try {\n    await save(order);\n  } catch (error) {\n    log.error(error);\n    throw error;\n  }\n}\n',
      },
      head: {
        'a.ts':
          'export async function f() {\n  try {\n    await save(order);\n  } catch {\n    return false;\n  }\n}\n',
      },
      at: ['a.ts:4'],
    },
    {
      base: { 'a.js': 'try {\n  save(order);\n} catch (error) {\n  console.error(error);\n}\n' },
      head: { 'a.js': 'try {\n  save(order);\n} catch (error) {\n}\n' },
      at: ['a.js:-4'],
    },
  ],
  good: [
    {
      base: { 'a.ts': 'try {\n  save(order);\n} catch (error) {\n  throw error;\n}\n' },
      head: { 'a.ts': 'try {\n  save(order);\n} catch {\n  // Saved again in a minute.\n}\n' },
    },
    {
      base: { 'a.ts': 'try {\n  save(order);\n} catch (error) {\n  log(error);\n}\n' },
      head: { 'a.ts': 'try {\n  save(order);\n} catch (error) {\n  failed(error);\n}\n' },
    },
    {
      base: { 'a.ts': 'export const a = 1;\n' },
      head: { 'a.ts': 'try {\n  probe();\n} catch {}\n' },
    },
  ],
  reads: (path) => SCRIPT.test(path),
  check: ({ head, base, added }) => {
    if (head?.parsed === undefined || base?.parsed === undefined) return [];
    const before = new Map(handled(base).map(({ body, handler }) => [base.textOf(body), handler]));
    const here = new Set(added);
    return handled(head).flatMap(({ body, handler }): readonly Hit[] => {
      const old = before.get(head.textOf(body));
      if (old === undefined || !reports(base, old) || !dropsIt(head, handler)) return [];
      const subject = head.textOf(body.body[0] ?? body);
      const [startLine, endLine] = [head.lineOf(handler.start), head.lineOf(handler.end)];
      for (let line = startLine; line <= endLine; line++)
        if (here.has(line)) return [{ startLine, endLine, subject }];
      const [first, last] = [base.lineOf(old.start), base.lineOf(old.end)];
      return [{ startLine: first, endLine: last, side: 'LEFT', subject }];
    });
  },
};

interface Handled {
  readonly body: BlockStatement;
  readonly handler: CatchClause;
}

function handled({ parsed }: Source): readonly Handled[] {
  if (parsed === undefined) return [];
  return allOf(parsed.program, 'TryStatement').flatMap(({ block, handler }: TryStatement) =>
    handler === null ? [] : [{ body: block, handler }],
  );
}

/** Throws, or hands something to a log. */
function reports(source: Source, { body }: CatchClause): boolean {
  return (
    allOf(body, 'ThrowStatement').length > 0 ||
    /\b(?:console|log|logger|report\w*|capture\w*|warn|error)\b\s*[.(]/i.test(source.textOf(body))
  );
}

/** Does nothing at all, or only returns a plain value; a comment counts as a reason. */
function dropsIt(source: Source, { body }: CatchClause): boolean {
  const comments = source.parsed?.comments ?? [];
  if (comments.some(({ start, end }) => start >= body.start && end <= body.end)) return false;
  return body.body.every(
    (statement) =>
      statement.type === 'ReturnStatement' &&
      (statement.argument === null ||
        /^(?:null|undefined|true|false|\[\]|\{\}|''|""|-?\d+)$/.test(source.textOf(statement.argument))),
  );
}
