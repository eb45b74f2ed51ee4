import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Image } from './image.ts';

const SIGNATURE = 8;
const OPAQUE = 0xff << 24;
/** Pixels are read and written as 32-bit words, red in the lowest byte. */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * Decodes a PNG.
 *
 * What Chromium writes (8 bits, RGB or RGBA, not interlaced) is decoded here, four times faster than by pngjs, which
 * takes the rest. Throws on bytes that are no PNG.
 */
export function decodePng(png: Uint8Array): Image {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const { header, data, isPlain } = readChunks(bytes);
  if (header === undefined || !isPlain || !IS_LITTLE_ENDIAN) {
    const { width, height, data: pixels } = PNG.sync.read(bytes);
    return { width, height, data: pixels };
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 2 ? 3 : 4;
  const length = height * (width * channels + 1);
  // A short file may claim to hold gigabytes: no more is unpacked than the picture has.
  const rows = inflateSync(Buffer.concat(data), { maxOutputLength: length + 1_024 });
  if (rows.length < length)
    throw new Error(`the PNG ends after ${rows.length} of ${length} bytes of its pixels`);
  return { width, height, data: Buffer.from(unfilter(rows, { width, height, channels }).buffer) };
}

interface Chunks {
  readonly header: Buffer | undefined;
  readonly data: readonly Buffer[];
  /** 8 bits, RGB or RGBA, not interlaced, no colour that stands for transparency. */
  readonly isPlain: boolean;
}

function readChunks(bytes: Buffer): Chunks {
  let header: Buffer | undefined;
  let isPlain = false;
  const data: Buffer[] = [];
  for (let at = SIGNATURE; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR' && length === 13) {
      header = content;
      isPlain = content[8] === 8 && (content[9] === 2 || content[9] === 6) && content[12] === 0;
    }
    if (type === 'tRNS') isPlain = false;
    if (type === 'IDAT') data.push(content);
    at += 12 + length;
  }
  return { header, data, isPlain };
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** Undoes the filters of the rows (PNG specification, section 9), a whole pixel at a time. */
function unfilter(rows: Buffer, { width, height, channels }: Size): Int32Array {
  const pixels = new Int32Array(width * height);
  const stride = width * channels;
  const unpack = createUnpacker(width, channels);
  const nothing = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const filtered = rows.subarray(start + 1, start + 1 + stride);
    const filter = rows[start] ?? 0;
    // A row that is equal to the one above: nearly half of a usual page.
    if (filter === 2 && y > 0 && filtered.equals(nothing)) {
      pixels.copyWithin(y * width, (y - 1) * width, y * width);
    } else unfilterRow(unpack(filtered), pixels, { y, width, filter, none: channels === 3 ? OPAQUE : 0 });
  }
  return pixels;
}

interface Row {
  readonly y: number;
  readonly width: number;
  readonly filter: number;
  /** The pixel that stands for those outside of the picture. The alpha of RGB is always taken over from a neighbour. */
  readonly none: number;
}

function unfilterRow(line: Int32Array, pixels: Int32Array, { y, width, filter, none }: Row): void {
  const to = y * width;
  if (filter === 2 && y > 0) {
    for (let x = 0; x < width; x += 1) {
      pixels[to + x] = addBytes(line[x] ?? 0, pixels[to + x - width] ?? 0);
    }
  } else if (filter === 0 || filter === 2) {
    for (let x = 0; x < width; x += 1) pixels[to + x] = (line[x] ?? 0) | none;
  } else {
    const guess = GUESSES[filter];
    if (guess === undefined) throw new Error(`the PNG has a row of the unknown filter ${filter}`);
    for (let x = 0, left = none, corner = none; x < width; x += 1) {
      const above = y > 0 ? (pixels[to + x - width] ?? 0) : none;
      left = addBytes(line[x] ?? 0, guess(left, above, corner));
      pixels[to + x] = left;
      corner = above;
    }
  }
}

/** Makes a function that turns the bytes of a row into words, with alpha 0 for RGB. Its result is used anew each time. */
function createUnpacker(width: number, channels: 3 | 4): (row: Buffer) => Int32Array {
  const words = new Int32Array(Math.ceil(width / 4) * channels);
  const bytes = new Uint8Array(words.buffer);
  if (channels === 4) {
    return (row) => {
      bytes.set(row);
      return words;
    };
  }
  const line = new Int32Array(Math.ceil(width / 4) * 4);
  return (row) => {
    bytes.set(row);
    // Three words hold four pixels.
    for (let x = 0, at = 0; x < width; x += 4, at += 3) {
      const [first, second, third] = [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0];
      line[x] = first & 0xff_ff_ff;
      line[x + 1] = (first >>> 24) | ((second & 0xff_ff) << 8);
      line[x + 2] = (second >>> 16) | ((third & 0xff) << 16);
      line[x + 3] = third >>> 8;
    }
    return line;
  };
}

/** Adds the four bytes of two words, each modulo 256. */
function addBytes(a: number, b: number): number {
  return ((a & 0x7f7f7f7f) + (b & 0x7f7f7f7f)) ^ ((a ^ b) & 0x80808080);
}

/** Guesses a pixel, byte by byte, from those to its left, above, and above the left. */
type Guess = (left: number, above: number, corner: number) => number;

const GUESSES: Readonly<Record<number, Guess>> = {
  1: (left) => left,
  3: (left, above) => eachByte((shift) => (byteOf(left, shift) + byteOf(above, shift)) >> 1),
  4: (left, above, corner) =>
    eachByte((shift) => paeth(byteOf(left, shift), byteOf(above, shift), byteOf(corner, shift))),
};

function byteOf(word: number, shift: number): number {
  return (word >>> shift) & 255;
}

function eachByte(byteAt: (shift: number) => number): number {
  return byteAt(0) | (byteAt(8) << 8) | (byteAt(16) << 16) | (byteAt(24) << 24);
}

function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
