import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Job, sampleJobs } from './data.ts';

export interface Draft {
  bike?: string;
  kind?: string;
  work?: string[];
  date?: string;
  name?: string;
  phone?: string;
}

/** Everybody who visits works on a copy of the sample data. */
export interface Session {
  readonly id: string;
  jobs: Job[];
  draft: Draft;
  flash: string | undefined;
  lastBooked: number | undefined;
}

const sessions = new Map<string, Session>();

export function openSession(request: IncomingMessage, response: ServerResponse): Session {
  const id = /(?:^|;\s*)bench=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1];
  const known = id === undefined ? undefined : sessions.get(id);
  if (known !== undefined) return known;
  const session: Session = {
    id: randomBytes(12).toString('hex'),
    jobs: sampleJobs(),
    draft: {},
    flash: undefined,
    lastBooked: undefined,
  };
  sessions.set(session.id, session);
  response.setHeader('Set-Cookie', `bench=${session.id}; Path=/; HttpOnly; SameSite=Lax`);
  return session;
}

export function takeFlash(session: Session): string | undefined {
  const { flash } = session;
  session.flash = undefined;
  return flash;
}
