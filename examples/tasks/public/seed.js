/** The day on which the sample data was written; dates are judged against it. */
export const TODAY = '2026-05-18';

export const LISTS = ['Home', 'Work', 'Garden', 'Reading'];

export const SEED = [
  { id: 1, title: 'Renew the passport', list: 'Home', done: false, due: '2026-05-12', notes: '' },
  {
    id: 2,
    title: 'Write the quarterly report',
    list: 'Work',
    done: false,
    due: '2026-05-20',
    notes: 'Ask Priya for figures.',
  },
  { id: 3, title: 'Buy tomato seedlings', list: 'Garden', done: true, due: '', notes: '' },
  { id: 4, title: 'call the landlord', list: 'Home', done: false, due: '', notes: 'About the boiler.' },
  { id: 5, title: 'Book train to Leeds', list: 'Work', done: true, due: '2026-05-02', notes: '' },
  { id: 6, title: 'Trim the hedge', list: 'Garden', done: false, due: '2026-06-01', notes: '' },
  { id: 7, title: 'Answer the survey', list: 'Work', done: false, due: '2026-05-18', notes: '' },
];
