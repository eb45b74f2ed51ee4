import { describe, expect, it } from 'vitest';
import { projectName, purposeOf } from '../../../src/jobs/preview/project-name.ts';

describe('projectName', () => {
  it.each([
    ['Preview', ''],
    ['Preview – web', 'web'],
    ['Production – web', 'web'],
    ['Preview - web-admin', 'web-admin'],
    ['web (Preview)', 'web'],
    ['web (Production)', 'web'],
    ['shop - web PR #12', 'shop web'],
    ['acme / pr-12', 'acme'],
    ['shop-pr-12', 'shop'],
    ['pr-12', ''],
    ['deploy-preview-12', ''],
    ['preview/feature/coupons', ''],
    ['staging', ''],
    ['netlify/acme-shop/deploy-preview', 'acme-shop'],
    ['Workers Builds: web', 'web'],
    ['github-pages', 'github-pages'],
    ['a1b2c3d', ''],
    ['Предпросмотр – магазин', 'предпросмотр магазин'],
  ])('of %j is %j', (name, expected) => {
    expect(projectName(name, ['feature/coupons', 'netlify', 'workers builds:'])).toBe(expected);
  });
});

describe('purposeOf', () => {
  it.each([
    ['Preview – production-tools', 'preview'],
    ['Production', 'in-use'],
    ['live', 'in-use'],
    ['staging', 'other'],
  ])('of %s is %s', (name, expected) => {
    expect(purposeOf(name)).toBe(expected);
  });
});
