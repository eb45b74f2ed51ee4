import { describe, expect, it } from 'vitest';
import { createRedaction, redactInstallation, redactLogger } from '../../src/jobs/redaction.ts';
import { MAX_BODY } from '../../src/report/fit.ts';
import { readSummaryMarker, writeSummaryMarker } from '../../src/report/marker.ts';
import { createFakeInstallation } from '../support/fake-installation.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const signal = new AbortController().signal;

function setUp(secrets: readonly string[]) {
  const redaction = createRedaction((text) => text.replaceAll('operator', '[redacted]'));
  redaction.learn(secrets);
  const github = createFakeInstallation();
  return { redaction, github, installation: redactInstallation(github, redaction) };
}

describe('redactInstallation', () => {
  it('redacts bodies and leaves the hidden end whole', async () => {
    const { github, installation } = setUp(['head', 'hunter22']);
    const marker = { head: 'abc', ledger: 'head+hunter22' };
    const body = `a head, hunter22, ${encodeURIComponent('hunter22')} and the operator\n\n${writeSummaryMarker(marker)}`;
    await installation.createComment(github.pull, body, signal);
    const written = github.comments[0]?.body ?? '';
    expect(written).toContain('a [redacted], [redacted], [redacted] and the [redacted]\n');
    expect(readSummaryMarker(written)).toEqual(marker);
  });

  it('keeps to GitHub’s limit when a short secret stands everywhere', async () => {
    const { github, installation } = setUp(['test']);
    await installation.createComment(github.pull, 'test '.repeat(11_900), signal);
    const written = github.comments[0]?.body ?? '';
    expect(written.length).toBeLessThan(MAX_BODY);
    expect(written).not.toContain('test');
  });

  it('redacts every text of a check run', async () => {
    const { github, installation } = setUp(['hunter22']);
    const text = 'hunter22';
    const note = {
      path: 'a.ts',
      startLine: 1,
      endLine: 1,
      level: 'notice',
      title: text,
      message: text,
    } as const;
    const identity = { name: 'n', headSha: 'h', externalId: 'e', status: 'queued', actions: [] } as const;
    const check = { ...identity, title: text, summary: text, text, annotations: [note] };
    await installation.putCheckRun(github.pull, check, signal);
    expect(JSON.stringify([...github.checks])).not.toContain('hunter22');
  });
});

describe('redactLogger', () => {
  it('redacts messages, fields, errors and their causes', () => {
    const { redaction } = setUp(['hunter22']);
    const logger = createSilentLogger();
    const error = new Error('no hunter22', { cause: new Error('because of hunter22') });
    redactLogger(logger, redaction).error('hunter22', {
      error,
      list: ['hunter22'],
      deep: { er: 'hunter22' },
    });
    const written = JSON.stringify(logger.lines);
    expect(written).toContain('because of [redacted]');
    expect(written).not.toContain('hunter22');
  });
});
