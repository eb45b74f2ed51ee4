import { type PlacedLine, placeByMap, placeByText, type WantedFile } from './place-lines.ts';
import type { ScriptWatch } from './ports.ts';
import { sharedEnd, sourcePath } from './source-map.ts';

const MAX_SCRIPT_BYTES = 15 * 1024 * 1024;
const MAX_MAP_BYTES = 40 * 1024 * 1024;
/** Of one side, in all: a product with more is told in part. */
const MAX_SCRIPTS = 120;
const MAX_BYTES = 100 * 1024 * 1024;
const MAX_WHY = 20;
const IN_DOCUMENT =
  /\.(?:html?|astro|ejs|hbs|handlebars|njk|nunjucks|mustache|eta|liquid|php|erb|jinja2?|twig)$/i;

/** Finds where the changed lines of one side lie in the scripts that it serves; each script is read once. */
export interface ScriptPlaces {
  /** Of a script by its address and its length, both of which a page tells. */
  of(
    script: { readonly url: string; readonly length: number },
    watch: ScriptWatch,
  ): Promise<readonly PlacedLine[]>;
  /** What kept scripts from being read, such as `/app.js has no source map`. */
  readonly why: ReadonlySet<string>;
}

interface Reading {
  readonly origin: string;
  readonly wanted: readonly WantedFile[];
  readonly why: Set<string>;
  scripts: number;
  bytes: number;
}

export function createScriptPlaces(origin: string, wanted: readonly WantedFile[]): ScriptPlaces {
  const reading: Reading = { origin, wanted, why: new Set(), scripts: 0, bytes: 0 };
  const known = new Map<string, Promise<readonly PlacedLine[]>>();
  return {
    why: reading.why,
    of({ url, length }, watch) {
      const key = `${length} ${url}`;
      const found = known.get(key) ?? place(reading, { url, length }, watch);
      known.set(key, found);
      return found;
    },
  };
}

async function place(
  reading: Reading,
  { url, length }: { readonly url: string; readonly length: number },
  watch: ScriptWatch,
): Promise<readonly PlacedLine[]> {
  const { origin, wanted } = reading;
  if (!URL.canParse(url) || new URL(url).origin !== origin) return [];
  if (reading.scripts >= MAX_SCRIPTS || reading.bytes >= MAX_BYTES) {
    tell(reading, 'there are more scripts than are read');
    return [];
  }
  reading.scripts += 1;
  const inDocument = wanted.filter(({ path }) => IN_DOCUMENT.test(path));
  if (inDocument.length > 0) {
    const own = (await watch.readInlineScripts()).find((text) => text.length === length);
    if (own !== undefined) return placeByText(own, inDocument);
  }
  const served = await watch.readServed(url, MAX_SCRIPT_BYTES);
  const { pathname } = new URL(url);
  // A document that answers here holds the script somewhere; it is no script itself.
  if (served === undefined || served.text.length !== length) {
    if (/\.[cm]?[jt]sx?$/.test(pathname)) tell(reading, `${pathname} could not be read`);
    return [];
  }
  reading.bytes += served.text.length;
  const direct = wanted.filter(({ path }) => sharedEnd(sourcePath(pathname), path) > 0);
  const asWritten = placeByText(served.text, direct);
  const name = served.sourceMap ?? nameOfMap(served.text);
  if (name === undefined) {
    if (direct.length === 0) tell(reading, `${pathname} has no source map`);
    return asWritten;
  }
  const map = await readMap(reading, new URL(url), { name, watch });
  const mapped = map === undefined ? undefined : placeByMap(served.text, map, wanted);
  if (mapped === undefined) tell(reading, `the source map of ${pathname} could not be read`);
  return mapped ?? asWritten;
}

function tell({ why }: Reading, what: string): void {
  if (why.size < MAX_WHY) why.add(what);
}

/** What the last line of a script names as its source map. */
function nameOfMap(text: string): string | undefined {
  const at = text.lastIndexOf('sourceMappingURL=');
  if (at === -1 || !/[/*][#@]\s*$/.test(text.slice(Math.max(0, at - 10), at))) return undefined;
  return /^sourceMappingURL=([^\s'"]+)/.exec(text.slice(at))?.[1];
}

const DATA = /^data:application\/json;(?:charset=[\w-]+;)?(base64,)?/i;

/** The map itself: from its `data:` address, or from the origin of its script and nowhere else. */
async function readMap(
  reading: Reading,
  script: URL,
  { name, watch }: { readonly name: string; readonly watch: ScriptWatch },
): Promise<string | undefined> {
  const inline = DATA.exec(name);
  if (inline !== null) {
    const data = name.slice(inline[0].length);
    return inline[1] === undefined ? decodePercent(data) : Buffer.from(data, 'base64').toString();
  }
  if (!URL.canParse(name, script.href)) return undefined;
  const address = new URL(name, script.href);
  if (address.origin !== reading.origin) return undefined;
  const served = await watch.readServed(address.href, MAX_MAP_BYTES);
  reading.bytes += served?.text.length ?? 0;
  return served?.text;
}

function decodePercent(data: string): string | undefined {
  try {
    return decodeURIComponent(data);
  } catch {
    // No such encoding: no map.
    return undefined;
  }
}
