import { crc32, deflateSync } from 'node:zlib';
import type { Image } from './image.ts';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MAX_PALETTE = 256;
/** Colours that are looked up without the map. */
const CACHE = 1_024;
/** Rows that are tried with each filter before one is chosen. */
const SAMPLES = 6;
const SAMPLE_ROWS = 12;

/**
 * Encodes a picture as an opaque PNG: with a palette when it has at most 256 colours, else with the row filter that
 * packs a sample of it better.
 *
 * On screenshots unfiltered rows win nearly always: equal rows and equal words repeat byte by byte, which filters hide.
 */
export function encodePng(image: Image): Uint8Array {
  const { width, height } = image;
  const indexed = indexColours(image);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexed === undefined ? 2 : 3], 8);
  const rows = indexed?.rows ?? pickFilter(toRgbRows(image), height);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(indexed === undefined ? [] : [chunk('PLTE', indexed.palette)]),
    chunk('IDAT', deflateSync(rows, { level: 6, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const framed = Buffer.alloc(content.length + 12);
  framed.writeUInt32BE(content.length, 0);
  framed.write(type, 4, 'latin1');
  content.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, content.length + 8)), content.length + 8);
  return framed;
}

/** Rows of one byte a pixel with their filter byte, and the colours that they mean; undefined when there are too many. */
function indexColours({ width, height, data }: Image): { rows: Buffer; palette: Buffer } | undefined {
  const pixels = new Int32Array(data.buffer, data.byteOffset, width * height);
  const indexes = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  // Most pixels are like the one before; most others were seen a moment ago.
  const recent = new Int32Array(CACHE);
  const recentIndex = new Int16Array(CACHE).fill(-1);
  let last = 0;
  let lastIndex = -1;
  for (let y = 0, at = 0, to = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1, at += 1, to += 1) {
      const pixel = pixels[at] ?? 0;
      if (pixel !== last || lastIndex < 0) {
        const slot = Math.imul(pixel, 0x9e3779b1) >>> 22;
        last = pixel;
        lastIndex = recent[slot] === pixel ? (recentIndex[slot] ?? -1) : -1;
        if (lastIndex < 0) {
          lastIndex = indexes.get(pixel) ?? indexes.size;
          indexes.set(pixel, lastIndex);
          if (indexes.size > MAX_PALETTE) return undefined;
          recent[slot] = pixel;
          recentIndex[slot] = lastIndex;
        }
      }
      rows[to] = lastIndex;
    }
  }
  const colours = new Uint8Array(Int32Array.from(indexes.keys()).buffer);
  const palette = Buffer.from(colours.filter((_, at) => at % 4 !== 3));
  return { rows, palette };
}

/** Rows of three bytes a pixel, each after a filter byte of 0. */
function toRgbRows({ width, height, data }: Image): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0, at = 0, to = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1, at += 4, to += 3) {
      rows[to] = data[at] ?? 0;
      rows[to + 1] = data[at + 1] ?? 0;
      rows[to + 2] = data[at + 2] ?? 0;
    }
  }
  return rows;
}

function pickFilter(rows: Buffer, height: number): Buffer {
  const stride = rows.length / Math.max(1, height);
  const step = Math.floor(height / SAMPLES);
  if (step < SAMPLE_ROWS) return rows;
  const cuts = Array.from({ length: SAMPLES }, (_, index) =>
    rows.subarray(index * step * stride, (index * step + SAMPLE_ROWS) * stride),
  );
  const packed = (sample: readonly Buffer[]): number =>
    deflateSync(Buffer.concat(sample), { level: 6 }).length;
  const isSmaller = packed(cuts.map((cut) => subtractAbove(cut, stride))) < packed(cuts);
  return isSmaller ? subtractAbove(rows, stride) : rows;
}

/** Filter 2 of the PNG specification: what is left of each byte after the one above it is taken off. */
function subtractAbove(rows: Buffer, stride: number): Buffer {
  const result = Buffer.from(rows);
  for (let at = stride; at < rows.length; at += 1) {
    result[at] = at % stride === 0 ? 2 : (rows[at] ?? 0) - (rows[at - stride] ?? 0);
  }
  return result;
}
