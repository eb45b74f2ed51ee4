import type { Variant } from './variant.ts';

export const MARKET_VARIANTS: readonly Variant[] = [
  {
    id: 'market-add-missing',
    app: 'market',
    harmless: false,
    family: 'missing element',
    description: 'The button is left out for few pieces in stock instead of for none.',
    sees: 'Olive tree and lemon tree say “Sold out” in the list, although there are some.',
    edits: [
      {
        file: 'assets/market.js',
        find: "${plant.stock === 0 ? '<button disabled>Sold out",
        replace: "${plant.stock < 4 ? '<button disabled>Sold out",
      },
    ],
  },
  {
    id: 'market-voucher-field-missing',
    app: 'market',
    harmless: false,
    family: 'missing element',
    description: 'A coupon that is not set is undefined in new storage and null in old one.',
    sees: 'There is no field for a voucher in the basket, but an empty “Code”.',
    edits: [
      {
        file: 'assets/basket-page.js',
        find: 'basket.coupon === null ? couponForm() : `<p class="coupon">Code <b>${basket.coupon.code}</b>',
        replace:
          'basket.coupon === undefined ? couponForm() : `<p class="coupon">Code <b>${basket.coupon?.code ?? \'\'}</b>',
      },
    ],
  },
  {
    id: 'market-less-dead',
    app: 'market',
    harmless: false,
    family: 'no response',
    description: 'The quantity is limited below by what is in the basket.',
    sees: 'The button for one less does nothing.',
    edits: [
      {
        file: 'assets/basket.js',
        find: '    if (quantity < 1) return this.remove(sku);\n',
        replace:
          '    if (quantity < 1) return this.remove(sku);\n    if (quantity < this.lines.find((line) => line.sku === sku).quantity) return;\n',
      },
    ],
  },
  {
    id: 'market-terms-lock',
    app: 'market',
    harmless: false,
    family: 'no response',
    description: 'The button stays locked after a form that was not complete.',
    sees: 'Order without a name, fill it in, order again: the button is dead.',
    edits: [
      {
        file: 'assets/checkout.js',
        find: "  if (problem !== undefined) return;\n  const button = form.querySelector('#order');\n  button.disabled = true;",
        replace:
          "  const button = form.querySelector('#order');\n  button.disabled = true;\n  if (problem !== undefined) return;",
      },
    ],
  },
  {
    id: 'market-saved-link-wrong',
    app: 'market',
    harmless: false,
    family: 'wrong navigation',
    description: 'The address of a link is spelled otherwise than in the table of pages.',
    sees: 'The link “Saved” leads to “Nothing grows here”.',
    edits: [
      { file: 'assets/market.js', find: "${link('/saved', `Saved", replace: "${link('/saves', `Saved" },
    ],
  },
  {
    id: 'market-back-does-not-draw',
    app: 'market',
    harmless: false,
    family: 'wrong navigation',
    description: 'The listener for the history was dropped with the old router.',
    sees: 'Going back changes the address, but not the page.',
    edits: [
      {
        file: 'assets/market.js',
        find: "    addEventListener('popstate', () => this.draw());\n",
        replace: '',
      },
    ],
  },
  {
    id: 'market-dearest-first-wrong',
    app: 'market',
    harmless: false,
    family: 'wrong result',
    description: 'The order is turned by reversing the order of names.',
    sees: '“Dearest first” begins with the snake plant.',
    edits: [
      {
        file: 'assets/market.js',
        find: 'dear: (a, b) => b.price - a.price,',
        replace: "dear: (a, b) => b.name.localeCompare(a.name, 'en'),",
      },
    ],
  },
  {
    id: 'market-delivery-limit',
    app: 'market',
    harmless: false,
    family: 'wrong result',
    description: 'The limit for free delivery is compared in euros.',
    sees: 'Delivery is free for every basket.',
    edits: [{ file: 'assets/basket.js', find: 'goods >= 6000 ? 0 : 590', replace: 'goods >= 60 ? 0 : 590' }],
  },
  {
    id: 'market-badge-counts-lines',
    app: 'market',
    harmless: false,
    family: 'wrong result',
    description: 'The badge counts lines, not pieces.',
    sees: 'Two ferns in the basket, and the badge says 1.',
    edits: [
      {
        file: 'assets/basket.js',
        find: 'return this.#state.lines.reduce((sum, line) => sum + line.quantity, 0);',
        replace: 'return this.#state.lines.length;',
      },
    ],
  },
  {
    id: 'market-voucher-fixed-amount',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'The discount is worked out when the voucher is redeemed and kept with it.',
    sees: 'GROW15 on an olive tree, then remove the tree and keep an ivy: the discount is more than the ivy costs.',
    edits: [
      {
        file: 'assets/basket.js',
        find: '  setCoupon(coupon) {\n',
        replace:
          '  setCoupon(coupon) {\n    if (coupon?.percent !== undefined) {\n      const { goods } = this.totals();\n      coupon = { ...coupon, amount: Math.round((goods * coupon.percent) / 100), percent: undefined };\n    }\n',
      },
    ],
  },
  {
    id: 'market-voucher-below-limit',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'The least amount of a voucher is checked when it is redeemed, and never again.',
    sees: 'FIVER on a dear basket, then reduce it: five euros off a plant for €6.90.',
    edits: [
      {
        file: 'assets/basket.js',
        find: 'if (coupon !== null && goods >= coupon.from) {',
        replace: 'if (coupon !== null) {',
      },
      {
        file: 'assets/basket-page.js',
        find: '  basket.setCoupon(response.ok ? answer : null);',
        replace:
          '  const isEnough = response.ok && basket.totals().goods >= answer.from;\n  basket.setCoupon(isEnough ? answer : null);',
      },
    ],
  },
  {
    id: 'market-gift-survives',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'Taking out the last plant no longer takes the gift wrap out.',
    sees: 'Wrap as a gift, remove everything, add a plant again: it is wrapped, and €2.50 are charged.',
    edits: [
      {
        file: 'assets/basket.js',
        find: 'return rest.length === 0 ? { lines: rest, coupon: null, gift: false } : { lines: rest, coupon, gift };',
        replace: 'return { lines: rest, coupon: rest.length === 0 ? null : coupon, gift };',
      },
    ],
  },
  {
    id: 'market-two-tabs',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'The basket is no longer read before it is written, and other tabs are not listened to.',
    sees: 'Add a plant in one tab, open another tab, add one there, go back to the first and add a third: the second is gone.',
    edits: [
      {
        file: 'assets/basket.js',
        find: '  #write(changes) {\n    this.#read();\n',
        replace: '  #write(changes) {\n',
      },
      {
        file: 'assets/basket.js',
        find: '      if (event.key === KEY) {\n        this.#read();\n',
        replace: '      if (event.key === KEY) {\n',
      },
    ],
  },
  {
    id: 'market-move-keeps-saved',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'Moving a saved plant toggles it by the list that was drawn before.',
    sees: 'Save two plants and move one to the basket: both are gone from the saved ones.',
    edits: [
      {
        file: 'assets/market.js',
        find: '        basket.add(sku);\n        basket.toggleSaved(sku);',
        replace: '        for (const one of saved) basket.toggleSaved(one.sku);\n        basket.add(sku);',
      },
    ],
  },
  {
    id: 'market-basket-not-emptied',
    app: 'market',
    harmless: false,
    family: 'cross-flow state',
    description: 'The basket is emptied before the order is sent only when there is an account.',
    sees: 'After an order the basket still holds what was ordered.',
    edits: [
      {
        file: 'assets/checkout.js',
        find: '  basket.clear();\n',
        replace: '  if (answer.account !== undefined) basket.clear();\n',
      },
    ],
  },
  {
    id: 'market-sticky-over-heading',
    app: 'market',
    harmless: false,
    family: 'visual',
    description: 'The head of the page is taken out of the flow to stay at the top.',
    sees: 'The head covers the title of every page.',
    edits: [
      {
        file: 'assets/market.css',
        find: '  position: sticky;\n  top: 0;',
        replace: '  position: fixed;\n  left: 0;\n  right: 0;\n  top: 0;\n  padding-bottom: 40px;',
      },
    ],
  },
  {
    id: 'market-cards-clipped',
    app: 'market',
    harmless: false,
    family: 'visual',
    description: 'Cards get one height for all, without room for the buttons.',
    sees: 'The buttons of the cards are cut off at the lower edge.',
    edits: [
      {
        file: 'assets/market.css',
        find: '.card {\n',
        replace: '.card {\n  height: 215px;\n  overflow: hidden;\n',
      },
    ],
  },
  {
    id: 'market-offer-flag-moved',
    app: 'market',
    harmless: false,
    family: 'visual',
    description: 'The picture lost the position to which the flag refers.',
    sees: 'The flags “Offer” lie on each other in the corner of the window.',
    edits: [
      { file: 'assets/market.css', find: '.picture {\n  position: relative;\n', replace: '.picture {\n' },
    ],
  },
  {
    id: 'market-orders-throws',
    app: 'market',
    harmless: false,
    family: 'console/network',
    description: 'The sums of no orders are asked of the first one.',
    sees: 'The page of orders waits for ever, and an exception is in the console.',
    edits: [
      {
        file: 'assets/checkout.js',
        find: 'box.innerHTML =\n        list.length === 0',
        replace: 'box.dataset.first = list[0].number;\n      box.innerHTML =\n        list.length === 0',
      },
    ],
  },
  {
    id: 'market-coupon-posted',
    app: 'market',
    harmless: false,
    family: 'console/network',
    description: 'The page asks for vouchers at the address of the next version.',
    sees: 'Every voucher is refused, and the request ends with status 404.',
    edits: [
      {
        file: 'assets/basket-page.js',
        find: 'fetch(`/api/coupon?code=',
        replace: 'fetch(`/api/v2/coupon?code=',
      },
    ],
  },
  {
    id: 'market-absolute-api',
    app: 'market',
    harmless: false,
    family: 'environment',
    description: 'Orders are sent to the address that production has.',
    sees: 'In the preview the page of orders never stops waiting.',
    edits: [
      {
        file: 'assets/checkout.js',
        find: "  fetch('/api/orders')\n",
        replace: "  fetch('https://seedhouse.example/api/orders')\n",
      },
    ],
  },
  {
    id: 'market-links-to-production',
    app: 'market',
    harmless: false,
    family: 'environment',
    description: 'The base of all addresses comes from a variable with production’s value as default.',
    sees: 'The link to check out leaves the preview for seedhouse.example.',
    edits: [
      {
        file: 'assets/basket-page.js',
        find: '<a class="button" href="/checkout">',
        replace: '<a class="button" href="https://seedhouse.example/checkout">',
      },
    ],
  },
  {
    id: 'market-plain-functions',
    app: 'market',
    harmless: true,
    kind: 'refactoring',
    description: 'The card of a plant is put together from two functions, and a div becomes a figure.',
    edits: [
      {
        file: 'assets/market.js',
        find: 'function card(plant) {\n',
        replace:
          "function flag(plant) {\n  return plant.was === undefined ? '' : '<span class=\"flag\">Offer</span>';\n}\n\nfunction card(plant) {\n",
      },
      {
        file: 'assets/market.js',
        find: '<div class="picture ${plant.light}">${plant.was === undefined ? \'\' : \'<span class="flag">Offer</span>\'}</div>',
        replace: '<div data-light="${plant.light}" class="picture ${plant.light}">${flag(plant)}</div>',
      },
    ],
  },
  {
    id: 'market-classes-renamed',
    app: 'market',
    harmless: true,
    kind: 'renamed classes',
    description: 'Buttons and sums get new class names, in script and style sheet.',
    edits: [
      { file: 'assets/market.js', find: 'class="buy"', replace: 'class="btn-primary"', all: true },
      { file: 'assets/market.css', find: '.buy', replace: '.btn-primary', all: true },
      { file: 'assets/basket-page.js', find: 'class="sums"', replace: 'class="summary"' },
      { file: 'assets/market.css', find: '.sums', replace: '.summary', all: true },
    ],
  },
  {
    id: 'market-favicon',
    app: 'market',
    harmless: true,
    kind: 'favicon',
    description: 'A new icon in the tab, and a description for search engines.',
    edits: [
      { file: 'assets/leaf.svg', find: '#3f7d4e', replace: '#7a4f9a' },
      {
        file: 'index.html',
        find: '<title>Seedhouse</title>',
        replace: '<title>Seedhouse</title>\n    <meta name="description" content="Plants by post" />',
      },
    ],
  },
  {
    id: 'market-list-in-one-request',
    app: 'market',
    harmless: true,
    kind: 'other implementation',
    description: 'Plants are read with async functions and kept in the session storage.',
    edits: [
      {
        file: 'assets/market.js',
        find: "    fetch('/api/plants')\n      .then((response) => response.json())\n      .then((plants) => {\n        basket.plants = plants;\n        this.draw();\n      });",
        replace:
          "    this.load();\n  }\n\n  async load() {\n    const kept = sessionStorage.getItem('plants');\n    basket.plants = kept === null ? await (await fetch('/api/plants')).json() : JSON.parse(kept);\n    sessionStorage.setItem('plants', JSON.stringify(basket.plants));\n    this.draw();",
      },
    ],
  },
  {
    id: 'market-wording',
    app: 'market',
    harmless: true,
    kind: 'copy change',
    description: 'The empty basket and the footer say it in other words.',
    edits: [
      {
        file: 'assets/basket-page.js',
        find: 'Your basket is empty.',
        replace: 'Nothing in your basket yet.',
      },
      {
        file: 'index.html',
        find: 'Seedhouse sends plants on Mondays and Wednesdays.',
        replace: 'We send plants on Mondays and Wednesdays.',
      },
      {
        file: 'assets/market.js',
        find: 'Packed in straw. Water it when it arrives.',
        replace: 'Packed in straw. Give it water when it arrives.',
      },
    ],
  },
];
