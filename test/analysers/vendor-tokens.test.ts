import { describe, expect, test } from 'vitest';
import { findSecrets } from '../../src/analysers/children/secret-patterns.ts';
import { VENDOR_TOKENS } from '../../src/analysers/children/vendor-tokens.ts';

/** Hexadecimal and letter runs that are no pattern themselves; tokens are put together so that no scanner takes this file for a leak. */
const hex = (length: number): string => '7f3a9c2e8b1d6054'.repeat(20).slice(0, length);
const mixed = (length: number): string => 'q8Zr2LmX9vTb4KcW7nYp'.repeat(20).slice(0, length);
const upper = (length: number): string => mixed(length).toUpperCase();

const SAMPLES: Readonly<Record<string, string>> = {
  'aws-access-key-id': `AKIA${upper(16)}`,
  'google-api-key': `AIza${mixed(35)}`,
  'google-oauth': `GOCSPX-${mixed(28)}`,
  'azure-storage': `AccountKey=${mixed(86)}==`,
  anthropic: `sk-ant-api03-${mixed(95)}`,
  sendgrid: `SG.${mixed(22)}.${mixed(43)}`,
  mailchimp: `${hex(32)}-us12`,
  databricks: `dapi${hex(32)}`,
  docker: `dckr_pat_${mixed(27)}`,
  pypi: `pypi-AgEIcHlwaS5vcmc${mixed(80)}`,
  supabase: `sbp_${hex(40)}`,
  'new-relic': `NRAK-${upper(27)}`,
  'slack-webhook': `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${mixed(24)}`,
  airtable: `pat${mixed(14)}.${hex(64)}`,
  terraform: `${mixed(14)}.atlasv1.${mixed(67)}`,
};

describe('VENDOR_TOKENS', () => {
  test.each(Object.entries(SAMPLES))('knows the form of %s, also in a test file', (id, token) => {
    expect(findSecrets('test/a.test.ts', `const t = '${token}';`).map((found) => found.id)).toEqual([id]);
  });

  test('have different names, and take no part of a plain text, of a hash or of a sample', () => {
    expect(new Set(VENDOR_TOKENS.map(({ id }) => id)).size).toBe(VENDOR_TOKENS.length);
    const text = [
      `sha256-${mixed(43)}=`,
      `"integrity": "sha512-${mixed(86)}=="`,
      hex(40),
      hex(64),
      `AKIA${'X'.repeat(16)}`,
      'AKIAIOSFODNN7EXAMPLE',
      `SG.${'x'.repeat(22)}.${'x'.repeat(43)}`,
      'a-long-name-with-many-parts-that-is-no-key-at-all-us-east-1',
    ].join('\n');
    expect(findSecrets('test/a.test.ts', text)).toEqual([]);
  });
});
