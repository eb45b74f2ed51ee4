import type { Model } from './ports.ts';

/** What instructions, tools and the form of an answer take of a request. */
const FIXED = 12_000;
/** Of what a model can hold, what is left for its answer. */
const OUTPUT_SHARE = 0.3;
/** Code has three characters a token, or more. */
const CHARACTERS_PER_TOKEN = 3;

/** How much of a prompt a model can take: set by the operator, or learned from what it refused. */
export interface Room {
  /** Of a whole request. */
  characters(): number;
  /** Of what is to be read, beside the instructions. */
  forReading(): number;
  readonly maxOutputTokens: number;
  /** Notes that a request of this size was refused. */
  refused(characters: number): void;
}

/** Makes the room of one model; `contextTokens` is what it can hold, when that is known. */
export function createRoom(contextTokens?: number): Room {
  const input = contextTokens === undefined ? Infinity : contextTokens * (1 - OUTPUT_SHARE);
  let most = input * CHARACTERS_PER_TOKEN;
  return {
    characters: () => most,
    forReading: () => Math.max(0, most - FIXED),
    maxOutputTokens: contextTokens === undefined ? Infinity : Math.floor(contextTokens * OUTPUT_SHARE),
    refused(characters) {
      most = Math.min(most, Math.max(FIXED, characters - 1));
    },
  };
}

/** The rooms of all models of a run, by name. */
export function createRooms(): (model: Model) => Room {
  const rooms = new Map<string, Room>();
  return (model) => {
    const room = rooms.get(model.name) ?? createRoom(model.contextTokens);
    rooms.set(model.name, room);
    return room;
  };
}
