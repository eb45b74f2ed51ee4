/** What differs from the base on every page. */
export type PageVariant = 'base' | 'restyled' | 'button' | 'banner';

export const PAGE_COUNT = 12;

const WORDS =
  'delivery basket account harbour lantern quarter copper garden invoice morning paper silver thread window report client market season travel bottle ticket letter record signal'.split(
    ' ',
  );

const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; font: 15px/1.5 'Liberation Sans', Arial, sans-serif; color: #1f2933; background: #f4f6f8 }
  header { height: 64px; background: linear-gradient(90deg, #1b3a5c, #3d7ea6); color: #fff; display: flex; align-items: center; gap: 24px; padding: 0 32px }
  header a { color: #dbeafe }
  .page { height: 3436px; overflow: clip; padding: 24px 32px }
  .with-side { margin-left: 232px }
  aside { position: fixed; left: 0; top: 0; bottom: 0; width: 232px; background: #20303f; color: #d6dee6; padding: 80px 20px; z-index: 2 }
  .sticky { position: sticky; top: 0; z-index: 1 }
  .cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 20px; margin: 20px 0 }
  .card { background: #fff; border-radius: 10px; box-shadow: 0 2px 8px rgb(0 0 0 / .12); padding: 16px }
  .shade { height: 110px; border-radius: 8px; margin-bottom: 12px }
  button { background: #1d6fd8; color: #fff; border: 0; border-radius: 6px; padding: 8px 16px; font: inherit }
  table { width: 100%; border-collapse: collapse; background: #fff; margin: 20px 0 }
  td, th { border-bottom: 1px solid #dde3e9; padding: 8px 12px; text-align: left }
  tr:nth-child(even) td { background: #f8fafc }
  .hero { height: 220px; border-radius: 12px; background: radial-gradient(circle at 30% 30%, #ffd9a0, #e0644a 60%, #7b2d43); color: #fff; padding: 32px }
  svg { background: #fff; border-radius: 8px }
  .banner { height: 20px; line-height: 20px; background: #fde68a; text-align: center; font-size: 12px }
`;

/** One of twelve pages of 1280 × 3500 pixels: shops, tables, dashboards, articles, three with a fixed side bar. */
export function picturePage(index: number, variant: PageVariant): string {
  const words = wordsOf(index * 7919 + 11);
  const parts = Array.from({ length: 9 }, (_, part) => PARTS[(index + part) % PARTS.length]?.(words) ?? '');
  const hasSide = index % 4 === 3;
  const rules: Readonly<Record<PageVariant, string>> = {
    base: '',
    restyled: 'button { background: #c2410c } th { color: #7c2d12 }',
    button: '.hero button { background: #c2410c }',
    banner: '',
  };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page ${index}</title>
<style>${STYLE}${rules[variant]}</style></head><body>
${hasSide ? `<aside><h3>Menu</h3>${lines(words, 9)}</aside>` : ''}
<div class="${hasSide ? 'with-side' : ''}">
${variant === 'banner' ? '<div class="banner" id="notice">Free delivery this week on every order</div>' : ''}
<header class="${index % 4 === 1 ? 'sticky' : ''}"><b>${words(2)}</b><a href="#a">${words(1)}</a><a href="#b">${words(1)}</a></header>
<main class="page"><div class="hero"><h1>${words(3)}</h1><p>${words(14)}</p><button>${words(2)}</button></div>
${parts.join('\n')}</main></div></body></html>`;
}

type Words = (count: number) => string;

/** Words and numbers that are the same for one seed. */
function wordsOf(seed: number): Words {
  let state = seed;
  return (count) =>
    Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const at = Math.floor((state / 2 ** 32) * (WORDS.length + 3));
      return WORDS[at] ?? String(state % 1_000);
    }).join(' ');
}

const lines = (words: Words, count: number): string =>
  Array.from({ length: count }, () => `<p>${words(3)}</p>`).join('');

const PARTS: readonly ((words: Words) => string)[] = [
  (words) =>
    `<section class="cards">${Array.from(
      { length: 8 },
      (_, at) =>
        `<div class="card"><div class="shade" style="background:linear-gradient(${at * 40}deg,hsl(${at * 45} 70% 60%),hsl(${at * 45 + 60} 60% 40%))"></div><h3>${words(2)}</h3><p>${words(9)}</p><button>${words(1)}</button></div>`,
    ).join('')}</section>`,
  (words) =>
    `<table><tr>${Array.from({ length: 6 }, () => `<th>${words(1)}</th>`).join('')}</tr>${Array.from(
      { length: 14 },
      () => `<tr>${Array.from({ length: 6 }, () => `<td>${words(2)}</td>`).join('')}</tr>`,
    ).join('')}</table>`,
  (words) =>
    `<h2>${words(4)}</h2>${Array.from({ length: 4 }, () => `<p>${words(60)}</p>`).join('')}<button>${words(1)}</button>`,
  (words) =>
    `<svg width="960" height="300" role="img" aria-label="${words(2)}">${Array.from(
      { length: 30 },
      (_, at) =>
        `<rect x="${at * 32 + 4}" y="${words(1).length * 20}" width="22" height="${300 - words(1).length * 20}" fill="hsl(${at * 12} 60% 55%)"/><circle cx="${at * 32 + 15}" cy="${words(2).length * 9}" r="6" fill="none" stroke="#333"/>`,
    ).join('')}<text x="20" y="30">${words(3)}</text></svg>`,
];
