import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Booking, type Patient, sampleBookings, samplePatients } from './data.ts';
import type { Lang } from './words.ts';

export interface Draft {
  service?: string;
  extras: string[];
  persons: number;
  day?: string;
  time?: string;
  name?: string;
  email?: string;
  phone?: string;
}

export interface Session {
  lang: Lang;
  cookies: string | undefined;
  flash: string | undefined;
  draft: Draft;
  patients: Patient[];
  bookings: Booking[];
}

const sessions = new Map<string, Session>();

export function sessionOf(request: IncomingMessage, response: ServerResponse): Session {
  const id = /(?:^|;\s*)sid=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const known = sessions.get(id);
  if (known !== undefined) return known;
  const session: Session = {
    lang: 'en',
    cookies: undefined,
    flash: undefined,
    draft: { extras: [], persons: 1 },
    patients: samplePatients(),
    bookings: sampleBookings(),
  };
  const fresh = randomBytes(16).toString('hex');
  sessions.set(fresh, session);
  response.setHeader('Set-Cookie', `sid=${fresh}; Path=/; HttpOnly; SameSite=Lax`);
  return session;
}
