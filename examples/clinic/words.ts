export type Lang = 'en' | 'de';

const WORDS = {
  home: ['Home', 'Start'],
  book: ['Book', 'Termin buchen'],
  calendar: ['Calendar', 'Kalender'],
  patients: ['Patients', 'Patienten'],
  invoices: ['Invoices', 'Rechnungen'],
  contact: ['Contact', 'Kontakt'],
  claim: ['Physiotherapy by the lime trees', 'Physiotherapie unter den Linden'],
  services: ['Our services', 'Unsere Leistungen'],
  minutes: ['minutes', 'Minuten'],
  hours: ['Open Monday to Friday, 9 am to 6 pm', 'Montag bis Freitag von 9 bis 18 Uhr'],
  free: ['Next free appointment', 'Nächster freier Termin'],
  service: ['Service', 'Leistung'],
  slot: ['Date and time', 'Tag und Uhrzeit'],
  you: ['Your details', 'Ihre Angaben'],
  extras: ['Extras', 'Zusätze'],
  persons: ['Persons', 'Personen'],
  family: ['Family discount, 10 %', 'Familienrabatt, 10 %'],
  familyHint: [
    'Two or more persons save 10 % on treatments.',
    'Ab zwei Personen sparen Sie 10 % bei Behandlungen.',
  ],
  estimate: ['Estimate', 'Voraussichtlich'],
  next: ['Continue', 'Weiter'],
  back: ['Back', 'Zurück'],
  confirm: ['Book appointment', 'Termin verbindlich buchen'],
  name: ['Name', 'Name'],
  email: ['E-mail', 'E-Mail'],
  phone: ['Telephone', 'Telefon'],
  insurance: ['Insurance', 'Versicherung'],
  born: ['Born', 'Geboren'],
  postcode: ['Postcode', 'Postleitzahl'],
  consent: ['I agree that my data are stored.', 'Ich bin mit der Speicherung meiner Daten einverstanden.'],
  any: ['All', 'Alle'],
  filter: ['Filter', 'Filtern'],
  reset: ['Reset', 'Zurücksetzen'],
  found: ['found', 'gefunden'],
  page: ['Page', 'Seite'],
  previous: ['Previous', 'Vorige'],
  following: ['Next', 'Nächste'],
  csv: ['Download as CSV', 'Als CSV herunterladen'],
  edit: ['Edit', 'Bearbeiten'],
  save: ['Save changes', 'Änderungen speichern'],
  cancelEdit: ['Discard', 'Verwerfen'],
  saved: ['The changes are saved.', 'Die Änderungen sind gespeichert.'],
  updated: ['Last changed', 'Zuletzt geändert'],
  booked: ['Your appointment is booked.', 'Ihr Termin ist gebucht.'],
  booking: ['Appointment', 'Termin'],
  cancel: ['Cancel appointment', 'Termin absagen'],
  cancelled: ['The appointment is cancelled.', 'Der Termin ist abgesagt.'],
  isCancelled: ['This appointment was cancelled.', 'Dieser Termin wurde abgesagt.'],
  rebook: ['Choose another time', 'Andere Zeit wählen'],
  moved: ['The appointment is moved.', 'Der Termin ist verschoben.'],
  invoice: ['Invoice', 'Rechnung'],
  subtotal: ['Subtotal', 'Zwischensumme'],
  vat: ['including 19 % VAT on extras', 'darin 19 % MwSt. auf Zusätze'],
  total: ['Total', 'Gesamt'],
  pay: ['Mark as paid', 'Als bezahlt markieren'],
  paid: ['paid', 'bezahlt'],
  open: ['open', 'offen'],
  void: ['void', 'storniert'],
  sumOpen: ['Open amount', 'Offener Betrag'],
  week: ['Week of', 'Woche vom'],
  thisWeek: ['This week', 'Diese Woche'],
  earlier: ['Earlier', 'Früher'],
  later: ['Later', 'Später'],
  topic: ['Topic', 'Thema'],
  message: ['Message', 'Nachricht'],
  send: ['Send message', 'Nachricht senden'],
  sent: ['Thank you. We answer within one working day.', 'Danke. Wir antworten innerhalb eines Werktags.'],
  cookies: [
    'We use a cookie for your booking. May we count visits as well?',
    'Wir setzen ein Cookie für Ihre Buchung. Dürfen wir auch Besuche zählen?',
  ],
  allow: ['Allow all', 'Alle erlauben'],
  needed: ['Only what is needed', 'Nur notwendige'],
  required: ['Please fill this in.', 'Bitte ausfüllen.'],
  wrongEmail: ['This is not an e-mail address.', 'Das ist keine E-Mail-Adresse.'],
  wrongBorn: ['Please give a day in the past.', 'Bitte einen Tag in der Vergangenheit angeben.'],
  wrongPostcode: ['A postcode has five digits.', 'Eine Postleitzahl hat fünf Ziffern.'],
  wrongPhone: ['A number has six digits or more.', 'Eine Nummer hat sechs Ziffern oder mehr.'],
  taken: ['That time was taken meanwhile.', 'Diese Zeit ist inzwischen vergeben.'],
  missing: ['This page does not exist.', 'Diese Seite gibt es nicht.'],
  none: ['Nothing found.', 'Nichts gefunden.'],
} as const;

export type Words = Record<keyof typeof WORDS, string>;

export function words(lang: Lang): Words {
  const entries = Object.entries(WORDS).map(([key, texts]) => [key, texts[lang === 'de' ? 1 : 0]]);
  return Object.fromEntries(entries);
}

export function money(cents: number, lang: Lang): string {
  const text = (cents / 100).toFixed(2);
  return lang === 'de' ? `${text.replace('.', ',')} €` : `€${text}`;
}

export function longDay(day: string, lang: Lang): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(lang === 'de' ? 'de-DE' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}
