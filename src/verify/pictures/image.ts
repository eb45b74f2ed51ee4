/** A decoded picture: 4 bytes a pixel, red green blue alpha, rows from the top. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** A rectangle in pixels; `x` and `y` are its left top corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Cuts a box out; what lies outside the picture is white. */
export function crop(image: Image, box: Box): Image {
  const data = Buffer.alloc(box.width * box.height * 4, 255);
  const left = Math.max(0, box.x);
  const right = Math.min(image.width, box.x + box.width);
  for (let y = Math.max(0, box.y); y < Math.min(image.height, box.y + box.height); y += 1) {
    if (right <= left) break;
    const to = ((y - box.y) * box.width + (left - box.x)) * 4;
    image.data.copy(data, to, (y * image.width + left) * 4, (y * image.width + right) * 4);
  }
  return { width: box.width, height: box.height, data };
}

/** The smallest box around all of them; undefined for none. */
export function boundingBox(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Whether two boxes share a pixel once the first is grown by `margin` on every side. */
export function overlaps(a: Box, b: Box, margin = 0): boolean {
  return (
    a.x - margin < b.x + b.width &&
    b.x < a.x + a.width + margin &&
    a.y - margin < b.y + b.height &&
    b.y < a.y + a.height + margin
  );
}

/** Draws the outline of a box, 3 pixels wide, in magenta. Changes `image`. */
export function drawBox(image: Image, box: Box): void {
  for (let y = box.y - 3; y < box.y + box.height + 3; y += 1) {
    for (let x = box.x - 3; x < box.x + box.width + 3; x += 1) {
      const isInside = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
      if (isInside || x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      image.data.writeUInt32BE(0xff_00_c8_ff, (y * image.width + x) * 4);
    }
  }
}
