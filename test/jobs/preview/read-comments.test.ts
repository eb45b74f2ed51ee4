import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readComments, readDescription } from '../../../src/jobs/preview/read-comments.ts';
import { around } from '../../support/preview-search.ts';

const folder = new URL('../../fixtures/previews/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.replace(/\.md$/, ''));
const recordSchema = z.strictObject({
  author: z.string(),
  isBot: z.boolean().default(true),
  updatedAt: z.string().default('2026-11-22T09:14:00Z'),
  expected: z.array(z.record(z.string(), z.unknown())),
});
const committedAt = '2026-11-22T09:00:00Z';

describe('readComments', () => {
  it.each(names)('reads %s', (name) => {
    const body = readFileSync(new URL(`${name}.md`, folder), 'utf8');
    const record = recordSchema.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
    const comment = { body, author: record.author, isBot: record.isBot, updatedAt: record.updatedAt };
    const read = readComments({ comments: [comment], committedAt }, around());
    expect(read).toMatchObject(record.expected);
    expect(read).toHaveLength(record.expected.length);
  });

  it('believes a bot by its whole login only, and never what looks like one of ours', () => {
    const body = 'Deploy preview: https://x.onrender.com';
    const by = (author: string, text = body) => ({
      author,
      isBot: true,
      body: text,
      updatedAt: '2026-11-22T09:14:00Z',
    });
    const read = readComments(
      {
        comments: [
          by('evil-render[bot]'),
          by('render[bot].x'),
          by('firsthand[bot]', `${body} <!-- firsthand: -->`),
        ],
      },
      around(),
    );
    expect(read.map(({ kind }) => kind)).toEqual(['rejected', 'rejected']);
  });

  it('comes to an end with a comment that is made to be slow', () => {
    const body = `${'[vc]: #'.repeat(3000)}\n${'| a |'.repeat(3000)}\n${'`'.repeat(5000)}\n${'https://a.vercel.app/('.repeat(1500)} preview`;
    const comments = ['vercel[bot]', 'github-actions[bot]', 'netlify[bot]', 'mallory'].map((author) => ({
      author,
      isBot: author !== 'mallory',
      body,
      updatedAt: committedAt,
    }));
    expect(readComments({ comments }, around()).length).toBeLessThan(20);
  });
});

describe('readDescription', () => {
  const link = 'Preview: https://shop-git-coupons-acme.vercel.app/';

  it('takes the site that the author names, without the test account', () => {
    expect(readDescription(around({ pull: { description: link } }))).toMatchObject([
      { kind: 'candidate', source: 'description', provider: 'Vercel', isKnown: false },
    ]);
    const preview = { origins: ['https://*.vercel.app'] };
    expect(readDescription(around({ pull: { description: link }, preview }))).toMatchObject([
      { isKnown: true },
    ]);
  });

  it.each([
    ['a fork', { isFromFork: true }],
    ['a bot that quotes release notes', { author: 'renovate[bot]' }],
  ])('names, but does not believe, that of %s', (_, changes) => {
    expect(readDescription(around({ pull: { description: link, ...changes } }))).toMatchObject([
      { kind: 'rejected', what: 'https://shop-git-coupons-acme.vercel.app/' },
    ]);
  });

  it.each([
    ['a link that is called nothing', 'See https://shop-git-coupons-acme.vercel.app/'],
    ['a console', 'Preview: https://vercel.com/acme/shop/53fPGL'],
    ['a quote', `> ${link}`],
    ['code', `\`\`\`\n${link}\n\`\`\``],
    ['what nobody sees', `<!-- ${link} -->`],
    ['a host of nobody we know', 'Preview: https://shop.example.dev/'],
  ])('leaves %s alone', (_, description) => {
    expect(readDescription(around({ pull: { description } }))).toEqual([]);
  });
});
