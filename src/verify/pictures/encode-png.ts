import { crc32, deflateSync } from 'node:zlib';
import type { Image } from './image.ts';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MAX_PALETTE = 256;
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
  const indexes = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  let last = -1;
  let lastIndex = 0;
  for (let y = 0, at = 0, to = 0; y < height; y += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1, at += 4, to += 1) {
      const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
      if (colour !== last) {
        last = colour;
        const known = indexes.get(colour);
        lastIndex = known ?? indexes.size;
        if (known === undefined) indexes.set(colour, lastIndex);
        if (indexes.size > MAX_PALETTE) return undefined;
      }
      rows[to] = lastIndex;
    }
  }
  const palette = Buffer.from([...indexes.keys()].flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
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
