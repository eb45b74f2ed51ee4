import { addDays, type Booking, billOf, EXTRAS, SERVICES, TIMES, today } from './data.ts';
import {
  type Answer,
  type Context,
  missing,
  nameOf,
  type Problems,
  page,
  problemsOf,
  redirect,
} from './page.ts';
import type { Session } from './session.ts';
import { longDay, money } from './words.ts';

const isTaken = (session: Session, day: string, time: string): boolean =>
  session.bookings.some((one) => one.day === day && one.time === time && !one.isCancelled);

/** The times that are free on the next six working days. */
export function freeSlots(
  session: Session,
): { day: string; label: string; times: { value: string; time: string }[] }[] {
  const days = Array.from({ length: 10 }, (_, index) => addDays(today(), index + 1))
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .slice(0, 6);
  return days.map((day) => ({
    day,
    label: longDay(day, session.lang),
    times: TIMES.filter((time) => !isTaken(session, day, time)).map((time) => ({
      value: `${day} ${time}`,
      time,
    })),
  }));
}

function steps({ t }: Context, current: number): object[] {
  return [t.service, t.slot, t.you].map((text, index) => ({
    text,
    number: index + 1,
    state: index + 1 === current ? 'current' : index + 1 < current ? 'done' : '',
    link: index + 1 < current ? ['/book/service', '/book/slot'][index] : false,
  }));
}

export function askService(context: Context, _id = '', problem?: string): Answer {
  const { session, t } = context;
  const { draft, lang } = session;
  const offer = ({ id, price }: { id: string; price: number }, checked: boolean): object => ({
    id,
    name: nameOf(session, id),
    cents: price,
    price: money(price, lang),
    checked: checked ? 'checked' : '',
  });
  return page(
    context,
    'service',
    {
      title: t.book,
      steps: steps(context, 1),
      services: SERVICES.map((one) => offer(one, draft.service === one.id)),
      extras: EXTRAS.map((one) => offer(one, draft.extras.includes(one.id))),
      persons: [1, 2, 3, 4].map((count) => ({ count, selected: count === draft.persons ? 'selected' : '' })),
      total: money(
        draft.service === undefined ? 0 : billOf({ ...draft, service: draft.service }).total,
        lang,
      ),
      problem,
    },
    problem === undefined ? 200 : 422,
  );
}

export function takeService(context: Context): Answer {
  const { session, form, t } = context;
  const { draft } = session;
  draft.service = SERVICES.find(({ id }) => id === form.get('service'))?.id;
  draft.extras = EXTRAS.map(({ id }) => id).filter((id) => form.getAll('extra').includes(id));
  draft.persons = Math.min(4, Math.max(1, Number(form.get('persons')) || 1));
  return draft.service === undefined ? askService(context, '', t.required) : redirect('/book/slot');
}

export function askSlot(context: Context, _id = '', problem?: string): Answer {
  const { session, t } = context;
  const { draft } = session;
  if (draft.service === undefined) return redirect('/book/service');
  const chosen = `${draft.day} ${draft.time}`;
  const days = freeSlots(session).map((day) => ({
    ...day,
    times: day.times.map((one) => ({ ...one, checked: one.value === chosen ? 'checked' : '' })),
  }));
  const data = {
    title: t.book,
    steps: steps(context, 2),
    days,
    action: '/book/slot',
    back: '/book/service',
    button: t.next,
    problem,
  };
  return page(context, 'slot', data, problem === undefined ? 200 : 422);
}

function slotOf({ form, session }: Context): { day: string; time: string } | undefined {
  const [day = '', time = ''] = (form.get('slot') ?? '').split(' ');
  return freeSlots(session).some((one) => one.times.some(({ value }) => value === `${day} ${time}`))
    ? { day, time }
    : undefined;
}

export function takeSlot(context: Context): Answer {
  const slot = slotOf(context);
  if (slot === undefined) return askSlot(context, '', context.t.required);
  Object.assign(context.session.draft, slot);
  return redirect('/book/contact');
}

export function askContact(context: Context, _id = '', problems?: Problems): Answer {
  const { session, t } = context;
  const { draft, lang } = session;
  if (draft.service === undefined) return redirect('/book/service');
  if (draft.day === undefined) return redirect('/book/slot');
  const bill = billOf({ ...draft, service: draft.service });
  const data = {
    title: t.book,
    steps: steps(context, 3),
    fields: (['name', 'email', 'phone'] as const).map((name) => ({
      name,
      label: t[name],
      value: draft[name] ?? '',
      problem: problems?.[name],
      isWrong: problems?.[name] === undefined ? '' : 'wrong',
    })),
    consent: problems?.consent,
    what: nameOf(session, draft.service),
    with: draft.extras.map((id) => nameOf(session, id)).join(', '),
    persons: draft.persons,
    when: `${longDay(draft.day, lang)}, ${draft.time}`,
    discount: bill.discount > 0 && money(-bill.discount, lang),
    total: money(bill.total, lang),
  };
  return page(context, 'contact-step', data, problems === undefined ? 200 : 422);
}

export function takeContact(context: Context): Answer {
  const { session, form, t } = context;
  const { draft } = session;
  const fields = {
    name: form.get('name') ?? '',
    email: form.get('email') ?? '',
    phone: form.get('phone') ?? '',
  };
  Object.assign(draft, fields);
  const problems = problemsOf(t, fields);
  if (form.get('consent') === null) problems.consent = t.required;
  if (Object.keys(problems).length > 0) return askContact(context, '', problems);
  const { service, day, time, extras, persons } = draft;
  if (service === undefined || day === undefined || time === undefined) return redirect('/book/service');
  if (isTaken(session, day, time)) return askSlot(context, '', t.taken);
  const known = session.patients.find(({ email }) => email === fields.email.trim());
  const patient = known?.id ?? session.patients.length + 1;
  if (known === undefined) {
    session.patients.push({
      id: patient,
      born: '',
      postcode: '',
      insurance: 'none',
      updatedAt: '',
      ...fields,
    });
  }
  const last = Math.max(...session.bookings.map(({ code }) => Number(code.slice(1))));
  const code = `L${last + 13}`;
  session.bookings.push({
    code,
    patient,
    service,
    extras,
    persons,
    day,
    time,
    isCancelled: false,
    isPaid: false,
  });
  session.draft = { extras: [], persons: 1 };
  session.flash = t.booked;
  return redirect(`/bookings/${code}`);
}

function bookingOf({ session }: Context, code: string): Booking | undefined {
  return session.bookings.find((one) => one.code === code);
}

export function showBooking(context: Context, code: string): Answer {
  const { session, t } = context;
  const booking = bookingOf(context, code);
  if (booking === undefined) return missing(context);
  const patient = session.patients.find(({ id }) => id === booking.patient);
  return page(context, 'booking', {
    title: `${t.booking} ${code}`,
    ...booking,
    patient,
    what: nameOf(session, booking.service),
    with: booking.extras.map((id) => nameOf(session, id)).join(', '),
    when: `${longDay(booking.day, session.lang)}, ${booking.time}`,
    total: money(billOf(booking).total, session.lang),
  });
}

export function cancelBooking(context: Context, code: string): Answer {
  const booking = bookingOf(context, code);
  if (booking === undefined) return missing(context);
  booking.isCancelled = true;
  context.session.flash = context.t.cancelled;
  return redirect(`/bookings/${code}`);
}

export function askRebook(context: Context, code: string, problem?: string): Answer {
  const { session, t } = context;
  if (bookingOf(context, code) === undefined) return missing(context);
  const data = {
    title: t.rebook,
    days: freeSlots(session),
    action: `/bookings/${code}/rebook`,
    back: `/bookings/${code}`,
    button: t.save,
    problem,
  };
  return page(context, 'slot', data, problem === undefined ? 200 : 422);
}

export function takeRebook(context: Context, code: string): Answer {
  const booking = bookingOf(context, code);
  if (booking === undefined) return missing(context);
  const slot = slotOf(context);
  if (slot === undefined) return askRebook(context, code, context.t.required);
  Object.assign(booking, slot, { isCancelled: false });
  context.session.flash = context.t.moved;
  return redirect(`/bookings/${code}`);
}
