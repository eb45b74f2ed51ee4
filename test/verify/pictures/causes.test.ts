import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPictureBench, type PictureBench } from '../../support/picture-bench.ts';

let bench: PictureBench;
beforeAll(async () => {
  bench = await openPictureBench();
});
afterAll(() => bench.close());

const STYLE = `<style>
  body { margin: 0; font: 16px/1.5 sans-serif }
  header { background: #234; color: #fff; padding: 16px }
  main { padding: 16px; max-width: 800px }
  .cards { display: flex; gap: 16px }
  .card { width: 180px; border: 1px solid #999; padding: 12px }
  .name { overflow: hidden; white-space: nowrap }
  button { padding: 8px 16px; background: #1d6fd8; color: #fff; border: 0 }
  footer { background: #eee; padding: 16px; margin-top: 24px }
</style>`;
const BODY = `<header><b>Harbour shop</b> <nav><a href="#a">Home</a> <a href="#b">Basket</a></nav></header>
<main><h1>Lanterns</h1><p id="intro">Hand made in Lübeck since long ago.</p>
<div class="cards"><div class="card"><h2 class="name">Copper lantern</h2><p>€84.00</p><button>Buy copper</button></div>
<div class="card"><h2 class="name">Silver lantern</h2><p>€120.00</p><button>Buy silver</button></div></div>
<p>Delivery takes three days.</p></main>
<footer><p>Harbour shop, Quay 4</p><a href="#c">Imprint</a></footer>`;
const page = (body = BODY, style = ''): string => `${STYLE}<style>${style}</style>${body}`;
const titles = async (head: string): Promise<readonly string[]> =>
  (await bench.compare(page(), head)).causes.map(({ intent, title }) => `${intent}: ${title}`);
const replaced = (from: string, to: string): string => {
  if (!BODY.includes(from)) throw new Error(`no ${from}`);
  return page(BODY.replace(from, to));
};

describe('findCauses, where the pull request is harmless', () => {
  it('finds nothing where only classes, the order of attributes or wrappers changed', async () => {
    expect(await titles(replaced('<p id="intro">', '<p data-x="1" id="intro" class="lead">'))).toEqual([]);
    expect(await titles(replaced('<h1>Lanterns</h1>', '<div><h1>Lanterns</h1></div>'))).toEqual([]);
  });

  it('calls other words intended, also when they take another line', async () => {
    expect(
      await titles(replaced('Hand made in Lübeck since long ago.', 'Made by hand, near the sea.')),
    ).toEqual([
      'looks-intended: The text of paragraph changed: “Hand made in Lübeck since long ago.” is now “Made by hand, near the sea.”',
    ]);
    const long = `Made by hand ${'and with patience '.repeat(12)}near the sea.`;
    const [cause, ...others] = await titles(replaced('Hand made in Lübeck since long ago.', long));
    expect(others).toEqual([]);
    expect(cause).toMatch(
      /^looks-intended: The text of paragraph changed: .* \(48 px inserted, \d+ elements moved\)$/,
    );
  });

  it('names a banner, and how many elements it moved, as one intended cause', async () => {
    const banner = '<div style="height:20px;overflow:hidden;font-size:12px">Free delivery this week</div>';
    const { diff, causes } = await bench.compare(page(), page(banner + BODY));
    expect(diff.changedPixels).toBe(0);
    expect(causes.map(({ intent, title }) => [intent, title])).toEqual([
      [
        'looks-intended',
        expect.stringMatching(
          /^New on the page: “Free delivery this week” \(20 px inserted, \d\d elements moved\)$/,
        ),
      ],
    ]);
  });

  it('calls a new link, a new card and a new section intended', async () => {
    const heads = [
      replaced('<a href="#c">Imprint</a>', '<a href="#c">Imprint</a> <a href="#d">Privacy</a>'),
      replaced(
        '</div></div>\n<p>Del',
        '</div><div class="card"><h2 class="name">Tin lantern</h2><p>€9.00</p><button>Buy tin</button></div></div>\n<p>Del',
      ),
      replaced('<footer>', '<section><h2>Visit us</h2><p>Every day but Monday.</p></section><footer>'),
    ];
    for (const head of heads) {
      const found = await titles(head);
      expect(found).toEqual([expect.stringMatching(/^looks-intended: New on the page/)]);
    }
  });
});

describe('findCauses, where something broke', () => {
  it.each([
    [
      'a colour',
      page(BODY, '.card button { background: #c00 }'),
      /^Button “Buy copper” looks different: background colour/,
    ],
    ['an unreadable text', page(BODY, 'footer p { color: #e4e4e4 }'), /can hardly be read/],
    [
      'a missing button',
      replaced('<button>Buy silver</button>', ''),
      /^Gone from the page: button “Buy silver”/,
    ],
    ['a price', replaced('€84.00', '€48.00'), /“€84.00” is now “€48.00”/],
    ['a template', replaced('Delivery takes three days.', 'Delivery takes {{days}} days.'), /\{\{days\}\}/],
    ['no text', replaced('Delivery takes three days.', 'Delivery takes undefined days.'), /undefined/],
    ['a narrow part', page(BODY, 'main { max-width: 300px }'), /^Main part.* has another size/],
    [
      'a part moved aside',
      page(BODY, '.cards { position: relative; left: 300px }'),
      /looks different: layout|moved by 300 px across/,
    ],
    [
      'a covered button',
      page(`${BODY}<div style="position:absolute;left:0;top:200px;width:240px;height:200px">&nbsp;</div>`),
      /^Button “Buy copper” is covered by div/,
    ],
    [
      'a part out of the window',
      page(BODY, '.cards { width: 1400px } .card { width: 650px }'),
      /out of the window/,
    ],
    ['a text cut off', page(BODY, '.name { width: 60px }'), /is cut off by \d+ px/],
    ['texts over each other', page(BODY, 'h1 { margin-bottom: -40px }'), /lie over each other/],
    [
      'a sizeless button',
      page(BODY, '.card:first-child button { width: 0; padding: 0; overflow: hidden }'),
      /has no size any more|Button “Buy copper” looks different/,
    ],
    [
      'a broken image',
      replaced(
        '<h1>Lanterns</h1>',
        '<h1>Lanterns</h1><img alt="Lantern" src="data:image/png;base64,AAAA" width="90" height="40">',
      ),
      /^Image “Lantern” does not load/,
    ],
    [
      'the same twice',
      replaced('<p>€84.00</p>', '<p>€84.00</p><p>€84.00</p>'),
      /^New on the page: paragraph “€84.00”/,
    ],
  ])('calls %s suspicious', async (_what, head, title) => {
    const { causes } = await bench.compare(page(), head);
    const suspicious = causes.filter(({ intent }) => intent === 'suspicious').map((cause) => cause.title);
    expect(suspicious).toEqual(expect.arrayContaining([expect.stringMatching(title)]));
  });

  it('does not let a banner hide what broke below it', async () => {
    const head = page(
      `<p>Free delivery</p>${BODY.replace('€84.00', '€80.00')}`,
      '.card:last-child { margin-left: 60px }',
    );
    const found = await titles(head);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^looks-intended: New on the page: paragraph “Free delivery”/),
        expect.stringMatching(/^suspicious: .*“€84.00” is now “€80.00”/),
        expect.stringMatching(/^suspicious: .*spacing/),
      ]),
    );
  });

  it('tells that a drawing changed though no element did', async () => {
    const svg = (fill: string): string =>
      page(`${BODY}<svg width="200" height="80"><rect width="150" height="60" fill="${fill}"/></svg>`);
    const { causes } = await bench.compare(svg('#080'), svg('#800'));
    expect(causes).toEqual([
      expect.objectContaining({
        intent: 'suspicious',
        isUnexplained: true,
        title: 'Drawing looks different',
      }),
    ]);
  });
});
