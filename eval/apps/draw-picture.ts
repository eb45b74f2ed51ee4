import { PNG } from 'pngjs';

const SIDE = 400;

/** A picture of a product: a body on a ground, in its colour. The same product gives the same bytes. */
export function drawPicture(hue: number): Buffer {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const [red, green, blue] = colourAt(x / SIDE, y / SIDE, hue);
      png.data.set([red, green, blue, 255], (y * SIDE + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

function colourAt(x: number, y: number, hue: number): readonly [number, number, number] {
  const isBody = ((x - 0.5) / 0.24) ** 2 + ((y - 0.55) / 0.3) ** 2 < 1;
  const isHandle = Math.abs(Math.hypot(x - 0.5, y - 0.28) - 0.16) < 0.02 && y < 0.3;
  if (isHandle) return toRgb(hue, 0.3, 0.3);
  if (isBody) return toRgb(hue, 0.6, 0.75 - 0.4 * Math.abs(x - 0.42) - 0.2 * y);
  return toRgb(hue, 0.25, y > 0.82 ? 0.8 : 0.93);
}

/** Hue in degrees, saturation and lightness between 0 and 1, to bytes; https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function toRgb(hue: number, saturation: number, lightness: number): readonly [number, number, number] {
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    const reach = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
