/** A source, and what TypeScript 6.0.3 makes of it (`transpileModule`, ES2022, CommonJS), with its map. */
export const CART = `interface Line {
  readonly price: number;
}

export const total = (lines: readonly Line[]): number => lines.reduce((sum, { price }) => sum + price, 0);

export function discount(lines: readonly Line[], code: string): number {
  const known = code.trim().toUpperCase();
  return known === 'SAVE' ? total(lines) / 2 : total(lines);
}
`;

export const CART_SCRIPT = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.total = void 0;
exports.discount = discount;
const total = (lines) => lines.reduce((sum, { price }) => sum + price, 0);
exports.total = total;
function discount(lines, code) {
    const known = code.trim().toUpperCase();
    return known === 'SAVE' ? (0, exports.total)(lines) / 2 : (0, exports.total)(lines);
}
`;

export const CART_MAP = {
  version: 3,
  file: 'cart.js',
  sources: ['../src/cart.ts'],
  names: [],
  mappings:
    ';;;AAMA,4BAGC;AALM,MAAM,KAAK,GAAG,CAAC,KAAsB,EAAU,EAAE,CAAC,KAAK,CAAC,MAAM,CAAC,CAAC,GAAG,EAAE,EAAE,KAAK,EAAE,EAAE,EAAE,CAAC,GAAG,GAAG,KAAK,EAAE,CAAC,CAAC,CAAC;AAA7F,QAAA,KAAK,SAAwF;AAE1G,SAAgB,QAAQ,CAAC,KAAsB,EAAE,IAAY;IAC3D,MAAM,KAAK,GAAG,IAAI,CAAC,IAAI,EAAE,CAAC,WAAW,EAAE,CAAC;IACxC,OAAO,KAAK,KAAK,MAAM,CAAC,CAAC,CAAC,IAAA,aAAK,EAAC,KAAK,CAAC,GAAG,CAAC,CAAC,CAAC,CAAC,IAAA,aAAK,EAAC,KAAK,CAAC,CAAC;AAC5D,CAAC',
};

/** From where the script says `first` to the end of the next `last`, as a browser gives a function. */
export function rangeOf(first: string, last: string): { readonly start: number; readonly end: number } {
  const start = CART_SCRIPT.indexOf(first);
  return { start, end: CART_SCRIPT.indexOf(last, start) + last.length };
}
