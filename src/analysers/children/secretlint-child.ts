import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Diagnostic } from '../../review/ports.ts';
import { serveChild } from './child-protocol.ts';
import { findSecrets, SAMPLE_FILE } from './secret-patterns.ts';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const DIRECTIVE = /secretlint-(?=disable|enable)/g;
/** Forms that need no digit: a header line, or a password that someone chose. */
const NEEDS_NO_DIGIT = /-rule-(?:privatekey|basicauth|database-connection-string)$/;

await serveChild(async () => async (path, text) => {
  const known = await runSecretlint(path, text);
  const lines = new Set(known.map(({ startLine }) => startLine));
  const own = runOwnPatterns(path, text).filter(({ startLine }) => !lines.has(startLine));
  return [...known, ...own];
});

/**
 * The preset obeys `secretlint-disable` comments and cannot be told not to, so they are overwritten, length and
 * columns kept.
 */
async function runSecretlint(path: string, text: string): Promise<readonly Diagnostic[]> {
  const result = await lintSource({
    source: {
      filePath: path,
      content: text.replace(DIRECTIVE, 'x'.repeat('secretlint-'.length)),
      contentType: 'text',
      ext: path.slice(path.lastIndexOf('.')),
    },
    options: {
      locale: 'en',
      noPhysicFilePath: true,
      maskSecrets: true,
      config: { rules: [{ id: PRESET, rule: creator, options: {} }] },
    },
  });
  const found = result.messages.filter(({ ruleId, range }) =>
    NEEDS_NO_DIGIT.test(ruleId) ? !isSample(ruleId, path) : isRandom(text.slice(...range)),
  );
  return found.map(({ ruleId, messageId, loc }) => ({
    rule: `secretlint/${ruleId.replace('@secretlint/secretlint-rule-', '')}`,
    path,
    startLine: loc.start.line,
    endLine: loc.start.line,
    // Never the tool's own text: it quotes what it found.
    message: messageId,
  }));
}

/** A password in an address is what tests of addresses are made of. */
function isSample(ruleId: string, path: string): boolean {
  return !ruleId.endsWith('-rule-privatekey') && SAMPLE_FILE.test(path);
}

/** Tokens are random: one without a digit is a placeholder in a manual, such as xoxb-your-token. */
function isRandom(value: string): boolean {
  return /\d/.test(value);
}

function runOwnPatterns(path: string, text: string): readonly Diagnostic[] {
  return findSecrets(path, text).map(({ id, what, offset }) => {
    const line = countLines(text, offset);
    return { rule: `secrets/${id}`, path, startLine: line, endLine: line, message: what };
  });
}

function countLines(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
