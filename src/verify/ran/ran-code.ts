import type { Affected } from '../../domain/affected.ts';
import type { Pair } from '../pair.ts';
import type { Site } from '../site.ts';
import type { WantedFile } from './place-lines.ts';
import type { RanScript, ScriptWatch } from './ports.ts';
import { type LineTrack, trackLines } from './ran-lines.ts';
import { createScriptPlaces, type ScriptPlaces } from './script-places.ts';

/** Places that are told of one part. */
const MAX_WHERE = 3;

type Side = 'base' | 'head';

/** Where something ran: the page, and in words the page and what was done there last. */
export interface Place {
  readonly path: string;
  readonly what: string;
}

/** What is known of the code of one part on one side. */
export interface PartRan {
  /** Lines that were found in scripts of the pages, and those of them that have run. */
  readonly found: number;
  readonly ran: number;
  /** Where lines of it ran, the first places. */
  readonly where: readonly string[];
}

/** Which changed code has run in the browser, and where. Grows while a run goes on. */
export interface RanCode {
  /** Whether anything could still be learnt. */
  isWanted(side: Side): boolean;
  /** Takes what a page has run since the last time, and notes it under a place. */
  note(side: Side, watch: ScriptWatch, place: Place): Promise<void>;
  /** Of the part with this number; `undefined` where none of its lines was met in a script. */
  of(part: number, side: Side): PartRan | undefined;
  /** Pages on which changed code ran that does not run on most pages, in the order in which they were met. */
  pages(): readonly string[];
  /** What kept scripts of the head from being read. */
  whyUnread(): readonly string[];
}

interface OfPart {
  readonly found: Set<number>;
  readonly ran: Set<number>;
  readonly where: string[];
  readonly paths: Set<string>;
}

interface OfSide {
  readonly places: ScriptPlaces;
  readonly parts: Map<number, OfPart>;
  /** Parts that have code on this side. */
  readonly wanted: ReadonlySet<number>;
  readonly tracks: WeakMap<ScriptWatch, Map<string, LineTrack>>;
  readonly paths: Set<string>;
}

export function createRanCode(affected: Affected | undefined, sites: Pair<Site>): RanCode {
  const sides: Pair<OfSide> = {
    base: sites.base === undefined ? undefined : createSide(affected, 'base', sites.base),
    head: createSide(affected, 'head', sites.head),
  };
  return {
    isWanted: (side) => {
      const own = sides[side];
      if (own === undefined) return false;
      return [...own.wanted].some((part) => (own.parts.get(part)?.where.length ?? 0) < MAX_WHERE);
    },
    async note(side, watch, place) {
      const own = sides[side];
      const scripts = own === undefined ? undefined : await watch.takeRan();
      if (own === undefined || scripts === undefined) return;
      own.paths.add(place.path);
      for (const script of scripts) await noteScript(own, script, { watch, place });
    },
    of: (part, side) => {
      const known = sides[side]?.parts.get(part);
      if (known === undefined) return undefined;
      return { found: known.found.size, ran: known.ran.size, where: known.where };
    },
    pages: () => {
      const all = [sides.head, sides.base].flatMap((own) => (own === undefined ? [] : tellingPages(own)));
      return [...new Set(all)];
    },
    whyUnread: () => [...sides.head.places.why],
  };
}

function createSide(affected: Affected | undefined, side: Side, site: Site): OfSide {
  const files = new Map<string, WantedFile['lines'][number][]>();
  const parts = new Set<number>();
  for (const [part, { path, code }] of (affected?.parts ?? []).entries()) {
    if (code === undefined) continue;
    const [file, lines] = side === 'head' ? [path, code.added] : [code.oldPath, code.removed];
    if (lines.length === 0) continue;
    parts.add(part);
    files.set(file, [...(files.get(file) ?? []), ...lines.map((one) => ({ part, ...one }))]);
  }
  const wanted = [...files].map(([path, lines]) => ({ path, lines }));
  return {
    places: createScriptPlaces(site.root.origin, wanted),
    parts: new Map(),
    wanted: parts,
    tracks: new WeakMap(),
    paths: new Set(),
  };
}

async function noteScript(
  own: OfSide,
  { id, url, functions }: RanScript,
  { watch, place }: { readonly watch: ScriptWatch; readonly place: Place },
): Promise<void> {
  const tracks = own.tracks.get(watch) ?? new Map<string, LineTrack>();
  own.tracks.set(watch, tracks);
  const key = `${id} ${url}`;
  // The whole script is told of once, when it begins.
  const length = functions.reduce((most, { start, end }) => (start === 0 ? Math.max(most, end) : most), 0);
  let track = tracks.get(key);
  if (track === undefined) {
    const placed = length === 0 ? [] : await own.places.of({ url, length }, watch);
    for (const { part, line } of placed) ofPart(own, part).found.add(line);
    track = trackLines(placed);
    tracks.set(key, track);
  }
  const fresh = track.note(functions);
  for (const { part, line } of fresh) ofPart(own, part).ran.add(line);
  for (const part of new Set(fresh.map((one) => one.part))) {
    const known = ofPart(own, part);
    known.paths.add(place.path);
    if (known.where.length < MAX_WHERE && !known.where.includes(place.what)) known.where.push(place.what);
  }
}

function ofPart({ parts }: OfSide, part: number): OfPart {
  const known = parts.get(part) ?? { found: new Set(), ran: new Set(), where: [], paths: new Set() };
  parts.set(part, known);
  return known;
}

/** What runs on every page, such as what sets a product up, says nothing of where to look. */
function tellingPages({ parts, paths }: OfSide): readonly string[] {
  return [...parts.values()]
    .filter((part) => part.paths.size <= Math.max(1, paths.size / 2))
    .flatMap((part) => [...part.paths]);
}
