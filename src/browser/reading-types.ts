import type { Session } from '../verify/ports.ts';

/** The parts of a reading, as the port has them. */
export type PageModel = Awaited<ReturnType<Session['read']>>;
export type PageNode = PageModel['nodes'][number];
export type NodeBox = NonNullable<PageNode['box']>;
export type NodeStates = PageNode['states'];
export type FieldFacts = NonNullable<PageNode['field']>;
