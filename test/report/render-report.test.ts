import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { renderText } from '../../src/report/render-text.ts';
import { previewFinding, reviewer, reviewFinding, reviewReport, verifyReport } from '../support/reports.ts';

describe('renderText', () => {
  it('shows findings first, then who read what', () => {
    const report = reviewReport({
      findings: [reviewFinding()],
      notAnalysed: [{ path: 'logo.png', reason: 'binary' }],
    });
    expect(renderText(report, { colour: false })).toMatchInlineSnapshot(`
      "1 medium; 1 changed file not fully read

      medium   The key “a” stands twice in this object
               src/cart.ts:12 · logic · checked · oxlint/no-dupe-keys
               The second \`a\` wins, the first one is never read.

      Reviewers
        security  41 of 41 hunks read  0 findings  1 s  secretlint 13.0.7, oxlint 1.94.0
        style     41 of 41 hunks read  0 findings  1 s  biome 2.6.8
        logic     41 of 41 hunks read  0 findings  1 s  oxlint 1.94.0

      Not looked at
        logo.png: binary

      bubblewrap · 4 s
      "
    `);
  });

  it('shows the steps and both results of a preview finding', () => {
    const text = renderText(
      verifyReport({ findings: [previewFinding({ screenshots: { actual: 'a.png' } })] }),
      {
        colour: false,
      },
    );
    expect(text).toContain('steps    Open /cart → click “Apply” → click button “Remove” (number 1)');
    expect(text).toContain('expected Total $10.00\n         actual   Total -$5.00\n         pictures a.png');
  });

  it('cannot be used to write to the terminal', () => {
    const evil = 'a\u001b[2J\u0007\u009b31m\rb';
    const report = reviewReport({
      findings: [
        reviewFinding({
          title: evil,
          body: evil,
          source: evil,
          location: { path: evil, side: 'RIGHT', startLine: 1, endLine: 1 },
        }),
      ],
      notAnalysed: [{ path: evil, reason: evil }],
      sandbox: evil,
      reviewers: [reviewer({ engine: evil })],
    });
    // oxlint-disable-next-line no-control-regex
    expect(renderText(report, { colour: false })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    // oxlint-disable-next-line no-control-regex
    expect(renderText(report, { colour: true })).toMatch(/\u001b\[33mmedium/);
  });

  it('does not call a run without reviewers clean', () => {
    const report = reviewReport({
      reviewers: [reviewer({ status: 'failed', hunksRead: 0, reason: 'crashed' })],
    });
    expect(renderText(report, { colour: false })).toMatch(/^Not reviewed/);
  });
});

describe('renderMarkdown', () => {
  it('holds every finding and what was not looked at', () => {
    const report = reviewReport({
      findings: [reviewFinding()],
      notAnalysed: [{ path: 'logo.png', reason: 'binary' }],
    });
    const text = renderMarkdown(report);
    expect(text).toMatch(/^## Firsthand: 1 medium; 1 changed file not fully read\n/);
    expect(text).toContain('The second `a` wins');
    expect(text).toContain('### Not looked at\n\n- not analysed (binary): `logo.png`');
  });
});

describe('renderSarif', () => {
  it('is SARIF 2.1.0 with fingerprints, places and fixes', () => {
    const report = reviewReport({
      findings: [
        reviewFinding({
          suggestion: 'const a = 1;',
          location: { path: 'src/a b.ts', side: 'RIGHT', startLine: 3, endLine: 4 },
        }),
        reviewFinding({
          id: '0123456789ac',
          location: { path: 'old.ts', side: 'LEFT', startLine: 1, endLine: 1 },
        }),
      ],
      reviewers: [reviewer({ status: 'failed', reason: 'timeout' })],
    });
    const sarif: unknown = JSON.parse(renderSarif(report));
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Firsthand', rules: [{ id: 'oxlint/no-dupe-keys' }] } },
          invocations: [{ executionSuccessful: false }],
          results: [
            { locations: [{ physicalLocation: { artifactLocation: { uri: 'old.ts' } } }] },
            {
              ruleId: 'oxlint/no-dupe-keys',
              ruleIndex: 0,
              level: 'warning',
              partialFingerprints: { 'firsthandFinding/v1': '0123456789ab' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'src/a%20b.ts' },
                    region: { startLine: 3, endLine: 4 },
                  },
                },
              ],
              fixes: [
                {
                  artifactChanges: [
                    {
                      replacements: [
                        {
                          deletedRegion: { startLine: 3, startColumn: 1, endLine: 5, endColumn: 1 },
                          insertedContent: { text: 'const a = 1;\n' },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });
});
