export interface Patient {
  id: number;
  name: string;
  email: string;
  phone: string;
  born: string;
  postcode: string;
  insurance: string;
  updatedAt: string;
}

export interface Booking {
  code: string;
  patient: number;
  service: string;
  extras: string[];
  persons: number;
  day: string;
  time: string;
  isCancelled: boolean;
  isPaid: boolean;
}

export const SERVICES = [
  { id: 'physio', names: ['Physiotherapy', 'Krankengymnastik'], minutes: 45, price: 6500 },
  { id: 'massage', names: ['Classic massage', 'Klassische Massage'], minutes: 30, price: 4800 },
  { id: 'child', names: ['Treatment for children', 'Kinderbehandlung'], minutes: 30, price: 4250 },
  { id: 'check', names: ['First examination', 'Erstuntersuchung'], minutes: 60, price: 8900 },
];

export const EXTRAS = [
  { id: 'heat', names: ['Heat pack', 'Wärmepackung'], price: 850 },
  { id: 'tape', names: ['Kinesiology tape', 'Kinesiotape'], price: 675 },
  { id: 'report', names: ['Report for your doctor', 'Bericht für Ihren Arzt'], price: 1500 },
];

export const INSURANCES = ['public', 'private', 'none'];
export const TIMES = ['09:00', '10:00', '11:30', '14:00', '15:30', '17:00'];

const DAY = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

const NAMES = [
  'Amara Bello',
  'Jonas Weber',
  'Lucía Prieto',
  'Mehmet Aydın',
  'Charlotte Vogt',
  'Sam O’Hara',
  'Ngoc Anh Tran',
  'Pavel Dvořák',
  'Greta Sommer',
  'Idris Hassan',
  'Élodie Martin',
  'Benedikt Lang',
  'Farah Nasser',
  'Olga Petrova',
  'Tobias Krüger',
  'Zoë de Vries',
  'Hugo Lindqvist',
  'Marta Nowak',
  'Kwame Mensah',
  'Rosa Conti',
  'Viktor Hansen',
  'Ulrike Zander',
  'Quentin Roy',
];

export function samplePatients(): Patient[] {
  return NAMES.map((name, index) => ({
    id: index + 1,
    name,
    email: `${name
      .split(' ')[0]
      ?.toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')}@post.example`,
    phone: `030 55${String(1000 + index * 37)}`,
    born: `${1950 + ((index * 17) % 60)}-${String(1 + ((index * 5) % 12)).padStart(2, '0')}-${String(1 + ((index * 7) % 28)).padStart(2, '0')}`,
    postcode: String(10115 + index * 213),
    insurance: INSURANCES[(index * 2 + (index > 9 ? 1 : 0)) % 3] ?? 'public',
    updatedAt: '',
  }));
}

/** Two weeks of appointments, counted from the Monday of the week that runs. */
export function sampleBookings(): Booking[] {
  const monday = mondayOf(today());
  return Array.from({ length: 16 }, (_, index) => ({
    code: `L${String(700 + index * 13)}`,
    patient: 1 + ((index * 5) % NAMES.length),
    service: SERVICES[(index * 3) % 4]?.id ?? 'physio',
    extras: EXTRAS.filter((_extra, at) => (index + at) % 3 === 0).map(({ id }) => id),
    persons: index % 5 === 4 ? 2 : 1,
    day: addDays(monday, Math.floor(index / 2) + (index >= 10 ? 2 : 0)),
    time: TIMES[(index * 4 + (index > 7 ? 1 : 0)) % 6] ?? '09:00',
    isCancelled: false,
    isPaid: index < 5,
  }));
}

export interface Bill {
  lines: { id: string; count: number; price: number; sum: number }[];
  subtotal: number;
  discount: number;
  vat: number;
  total: number;
}

/** What a booking costs, in cents. The family discount is for treatments, not for extras. */
export function billOf({ service, extras, persons }: Pick<Booking, 'service' | 'extras' | 'persons'>): Bill {
  const treatment = SERVICES.find(({ id }) => id === service)?.price ?? 0;
  const added = EXTRAS.filter(({ id }) => extras.includes(id));
  const lines = [{ id: service, price: treatment }, ...added].map(({ id, price }) => ({
    id,
    count: persons,
    price,
    sum: price * persons,
  }));
  const subtotal = lines.reduce((sum, line) => sum + line.sum, 0);
  const discount = persons > 1 ? Math.round(treatment * persons * 0.1) : 0;
  const taxed = added.reduce((sum, { price }) => sum + price * persons, 0);
  return { lines, subtotal, discount, vat: Math.round((taxed * 19) / 119), total: subtotal - discount };
}
