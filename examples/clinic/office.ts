import { freeSlots } from './booking.ts';
import { addDays, billOf, INSURANCES, mondayOf, type Patient, SERVICES, TIMES, today } from './data.ts';
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
import { longDay, money } from './words.ts';

const PAGE_SIZE = 8;

export function home(context: Context): Answer {
  const { session, t } = context;
  const free = freeSlots(session).find(({ times }) => times.length > 0);
  return page(context, 'home', {
    title: t.home,
    services: SERVICES.map((one) => ({
      ...one,
      name: nameOf(session, one.id),
      price: money(one.price, session.lang),
    })),
    free: free && `${free.label}, ${free.times[0]?.time}`,
  });
}

export function calendar(context: Context): Answer {
  const { session, url, t } = context;
  const asked = url.searchParams.get('week') ?? '';
  const monday = mondayOf(/^\d{4}-\d\d-\d\d$/.test(asked) ? asked : today());
  const days = [0, 1, 2, 3, 4].map((offset) => addDays(monday, offset));
  const cell = (day: string, time: string): object => {
    const booking = session.bookings.find((one) => one.day === day && one.time === time && !one.isCancelled);
    const patient = session.patients.find(({ id }) => id === booking?.patient);
    return { code: booking?.code, patient: patient?.name };
  };
  return page(context, 'calendar', {
    title: t.calendar,
    monday: longDay(monday, session.lang),
    earlier: addDays(monday, -7),
    later: addDays(monday, 7),
    days: days.map((day) => ({ label: longDay(day, session.lang), mark: day === today() ? 'today' : '' })),
    rows: TIMES.map((time) => ({ time, cells: days.map((day) => cell(day, time)) })),
  });
}

const COLUMNS = ['name', 'born', 'postcode', 'insurance'] as const;

function findPatients({ session, url }: Context): Patient[] {
  const q = (url.searchParams.get('q') ?? '').trim().toLowerCase();
  const insurance = url.searchParams.get('insurance') ?? '';
  const sort = COLUMNS.find((name) => name === url.searchParams.get('sort')) ?? 'name';
  const sign = url.searchParams.get('dir') === 'desc' ? -1 : 1;
  return session.patients
    .filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(q))
    .filter((one) => insurance === '' || one.insurance === insurance)
    .toSorted((a, b) => sign * a[sort].localeCompare(b[sort], session.lang));
}

export function patients(context: Context): Answer {
  const { session, url, t } = context;
  const query = url.searchParams;
  const found = findPatients(context);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const current = Math.min(pages, Math.max(1, Number(query.get('page')) || 1));
  const link = (changes: Record<string, string>): string => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return `?${next}`;
  };
  const sort = query.get('sort') ?? 'name';
  const isDown = query.get('dir') === 'desc';
  return page(context, 'patients', {
    title: t.patients,
    q: query.get('q') ?? '',
    insurances: INSURANCES.map((name) => ({
      name,
      selected: name === query.get('insurance') ? 'selected' : '',
    })),
    count: found.length,
    columns: COLUMNS.map((name) => ({
      label: t[name],
      link: link({ sort: name, dir: name === sort && !isDown ? 'desc' : 'asc', page: '1' }),
      arrow: name === sort ? (isDown ? '▼' : '▲') : '',
    })),
    rows: found.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE).map((one) => ({
      ...one,
      visits: session.bookings.filter((booking) => booking.patient === one.id && !booking.isCancelled).length,
    })),
    current,
    pages,
    previous: current > 1 && link({ page: String(current - 1) }),
    following: current < pages && link({ page: String(current + 1) }),
    csv: `/patients.csv?${query}`,
  });
}

export function patientsCsv(context: Context): Answer {
  const lines = findPatients(context).map((one) =>
    [one.name, one.email, one.born, one.postcode, one.insurance].join(';'),
  );
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="patients.csv"',
    },
    body: `name;email;born;postcode;insurance\n${lines.join('\n')}\n`,
  };
}

function patientOf({ session }: Context, id: string): Patient | undefined {
  return session.patients.find((one) => one.id === Number(id));
}

export function patient(context: Context, id: string): Answer {
  const { session } = context;
  const found = patientOf(context, id);
  if (found === undefined) return missing(context);
  const visits = session.bookings.filter((one) => one.patient === found.id);
  return page(context, 'patient', {
    title: found.name,
    ...found,
    visits: visits.map((one) => ({
      code: one.code,
      what: nameOf(session, one.service),
      when: `${longDay(one.day, session.lang)}, ${one.time}`,
      state: one.isCancelled ? 'cancelled' : '',
    })),
  });
}

const FIELDS = ['name', 'email', 'phone', 'born', 'postcode'] as const;

export function editPatient(context: Context, id: string, problems?: Problems): Answer {
  const { form, t } = context;
  const found = patientOf(context, id);
  if (found === undefined) return missing(context);
  const data = {
    title: found.name,
    id: found.id,
    fields: FIELDS.map((name) => ({
      name,
      label: t[name],
      type: name === 'born' ? 'date' : 'text',
      value: problems === undefined ? found[name] : (form.get(name) ?? ''),
      problem: problems?.[name],
      isWrong: problems?.[name] === undefined ? '' : 'wrong',
    })),
    insurances: INSURANCES.map((name) => ({
      name,
      selected: name === (form.get('insurance') ?? found.insurance) ? 'selected' : '',
    })),
  };
  return page(context, 'patient-edit', data, problems === undefined ? 200 : 422);
}

export function savePatient(context: Context, id: string): Answer {
  const { form, session, t } = context;
  const found = patientOf(context, id);
  if (found === undefined) return missing(context);
  const fields = Object.fromEntries(FIELDS.map((name) => [name, (form.get(name) ?? '').trim()]));
  const problems = problemsOf(t, fields);
  if (Object.keys(problems).length > 0) return editPatient(context, id, problems);
  const insurance = INSURANCES.find((name) => name === form.get('insurance')) ?? found.insurance;
  Object.assign(found, fields, {
    insurance,
    updatedAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
  });
  session.flash = t.saved;
  return redirect(`/patients/${id}`);
}

export function invoices(context: Context): Answer {
  const { session, t } = context;
  const live = session.bookings.filter((one) => !one.isCancelled && !one.isPaid);
  return page(context, 'invoices', {
    title: t.invoices,
    rows: session.bookings.map((one) => ({
      code: one.code,
      patient: session.patients.find(({ id }) => id === one.patient)?.name,
      total: money(billOf(one).total, session.lang),
      state: one.isCancelled ? t.void : one.isPaid ? t.paid : t.open,
      mark: one.isCancelled ? 'void' : one.isPaid ? 'paid' : 'open',
    })),
    open: money(
      live.reduce((sum, one) => sum + billOf(one).total, 0),
      session.lang,
    ),
  });
}

export function invoice(context: Context, code: string): Answer {
  const { session, t } = context;
  const booking = session.bookings.find((one) => one.code === code);
  if (booking === undefined) return missing(context);
  const bill = billOf(booking);
  const { lang } = session;
  return page(context, 'invoice', {
    title: `${t.invoice} ${code}`,
    code,
    patient: session.patients.find(({ id }) => id === booking.patient),
    when: longDay(booking.day, lang),
    lines: bill.lines.map((line) => ({
      ...line,
      name: nameOf(session, line.id),
      price: money(line.price, lang),
      sum: money(line.sum, lang),
    })),
    subtotal: money(bill.subtotal, lang),
    discount: bill.discount > 0 && money(-bill.discount, lang),
    vat: bill.vat > 0 && money(bill.vat, lang),
    total: money(bill.total, lang),
    isPaid: booking.isPaid,
    isCancelled: booking.isCancelled,
    canPay: !booking.isPaid && !booking.isCancelled,
  });
}

export function payInvoice(context: Context, code: string): Answer {
  const booking = context.session.bookings.find((one) => one.code === code);
  if (booking === undefined) return missing(context);
  booking.isPaid = true;
  context.session.flash = `${context.t.invoice} ${code}: ${context.t.paid}`;
  return redirect(`/invoices/${code}`);
}

export function contact(context: Context, _id = '', problems?: Problems): Answer {
  const { form, t } = context;
  const field = (name: 'name' | 'email' | 'message'): object => ({
    name,
    label: t[name],
    value: form.get(name) ?? '',
    problem: problems?.[name],
    isWrong: problems?.[name] === undefined ? '' : 'wrong',
  });
  const data = { title: t.contact, fields: [field('name'), field('email')], message: field('message') };
  return page(context, 'contact', data, problems === undefined ? 200 : 422);
}

export function sendContact(context: Context): Answer {
  const { form, session, t } = context;
  const fields = {
    name: form.get('name') ?? '',
    email: form.get('email') ?? '',
    message: form.get('message') ?? '',
  };
  const problems = problemsOf(t, fields);
  if (Object.keys(problems).length > 0) return contact(context, '', problems);
  session.flash = t.sent;
  return redirect('/contact');
}

function backTo(path: string | null): Answer {
  return redirect(path?.startsWith('/') && !path.startsWith('//') ? path : '/');
}

export function cookies({ form, session }: Context): Answer {
  session.cookies = form.get('choice') ?? 'needed';
  return backTo(form.get('back'));
}

export function language({ session, url }: Context): Answer {
  session.lang = url.searchParams.get('to') === 'de' ? 'de' : 'en';
  return backTo(url.searchParams.get('back'));
}
