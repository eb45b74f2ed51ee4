import type { Variant } from './variant.ts';

export const CLINIC_VARIANTS: readonly Variant[] = [
  {
    id: 'clinic-cancel-missing',
    app: 'clinic',
    harmless: false,
    family: 'missing element',
    description: 'The view asks whether a booking can be cancelled, and the page does not say so.',
    sees: 'An appointment has no button to cancel it.',
    edits: [
      {
        file: 'views/booking.mustache',
        find: '{{^isCancelled}}<form method="post" action="/bookings/{{code}}/cancel" class="cancel"><button class="btn btn-danger">{{t.cancel}}</button></form>{{/isCancelled}}',
        replace:
          '{{#canCancel}}<form method="post" action="/bookings/{{code}}/cancel" class="cancel"><button class="btn btn-danger">{{t.cancel}}</button></form>{{/canCancel}}',
      },
    ],
  },
  {
    id: 'clinic-problem-missing',
    app: 'clinic',
    harmless: false,
    family: 'missing element',
    description: 'The form that edits a patient takes the name of the problem from another form library.',
    sees: 'Saving a patient with the postcode “12” shows the form again, without a word about what is wrong.',
    edits: [
      {
        file: 'views/patient-edit.mustache',
        find: '{{#problem}}<span class="error">{{problem}}</span>{{/problem}}',
        replace: '{{#error}}<span class="error">{{error}}</span>{{/error}}',
      },
    ],
  },
  {
    id: 'clinic-estimate-half-dead',
    app: 'clinic',
    harmless: false,
    family: 'no response',
    description: 'The estimate listens to the first group of fields, not to the form.',
    sees: 'Ticking an extra or choosing two persons leaves the estimate as it is.',
    edits: [
      {
        file: 'static/site.js',
        find: "form.addEventListener('change', update);",
        replace: "form.querySelector('fieldset').addEventListener('change', update);",
      },
    ],
  },
  {
    id: 'clinic-cancel-never-sure',
    app: 'clinic',
    harmless: false,
    family: 'no response',
    description: 'The mark for “asked once” is set on the button and looked for on the form.',
    sees: 'The second press of “Cancel appointment?” does nothing: an appointment cannot be cancelled.',
    edits: [
      {
        file: 'static/site.js',
        find: 'if (button.dataset.sure) return;',
        replace: 'if (cancel.dataset.sure) return;',
      },
    ],
  },
  {
    id: 'clinic-page-forgets',
    app: 'clinic',
    harmless: false,
    family: 'wrong navigation',
    description: 'The link to the next page has the page only.',
    sees: 'Sort the patients by birth and go to page 2: it is page 2 of the order by name, and a search is gone, too.',
    edits: [
      {
        file: 'office.ts',
        find: 'following: current < pages && link({ page: String(current + 1) }),',
        replace: 'following: current < pages && `?page=${current + 1}`,',
      },
    ],
  },
  {
    id: 'clinic-language-goes-home',
    app: 'clinic',
    harmless: false,
    family: 'wrong navigation',
    description: 'The way back is checked more strictly, and only short addresses pass.',
    sees: 'Switching the language on the page of a patient, or of a week, leads to the home page.',
    edits: [
      {
        file: 'office.ts',
        find: "redirect(path?.startsWith('/') && !path.startsWith('//') ? path : '/')",
        replace: "redirect(path !== null && /^\\/[a-z]+$/.test(path) ? path : '/')",
      },
    ],
  },
  {
    id: 'clinic-discount-on-extras',
    app: 'clinic',
    harmless: false,
    family: 'wrong result',
    description: 'The family discount is taken off the subtotal, extras and all.',
    sees: 'Two persons with a heat pack: the estimate says €134.00, the summary and the invoice €132.30.',
    edits: [
      {
        file: 'data.ts',
        find: 'Math.round(treatment * persons * 0.1)',
        replace: 'Math.round(subtotal * 0.1)',
      },
    ],
  },
  {
    id: 'clinic-vat-on-top',
    app: 'clinic',
    harmless: false,
    family: 'wrong result',
    description: 'The tax that is in a price is reckoned as if it came on top.',
    sees: 'An invoice with a heat pack says €1.62 VAT; it is €1.36.',
    edits: [{ file: 'data.ts', find: 'Math.round((taxed * 19) / 119)', replace: 'Math.round(taxed * 0.19)' }],
  },
  {
    id: 'clinic-cancelled-time-taken',
    app: 'clinic',
    harmless: false,
    family: 'cross-flow state',
    description: 'The check for a taken time no longer looks at what was cancelled.',
    sees: 'Cancel an appointment of next week: its time is not offered again when booking.',
    edits: [
      {
        file: 'booking.ts',
        find: 'one.day === day && one.time === time && !one.isCancelled',
        replace: 'one.day === day && one.time === time',
      },
    ],
  },
  {
    id: 'clinic-draft-remembers',
    app: 'clinic',
    harmless: false,
    family: 'cross-flow state',
    description: 'After a booking the draft keeps who it was, to save typing, and more than that.',
    sees: 'Book for two persons with an extra, then book again: two persons and the extra are chosen already.',
    edits: [
      {
        file: 'booking.ts',
        find: '  session.draft = { extras: [], persons: 1 };\n  session.flash = t.booked;',
        replace:
          '  delete draft.service;\n  delete draft.day;\n  delete draft.time;\n  session.flash = t.booked;',
      },
    ],
  },
  {
    id: 'clinic-insurance-falls-back',
    app: 'clinic',
    harmless: false,
    family: 'cross-flow state',
    description: 'The select shows what is stored, not what was sent.',
    sees: 'Change the insurance and mistype the postcode: corrected and saved, the patient has the old insurance.',
    edits: [
      {
        file: 'office.ts',
        find: "selected: name === (form.get('insurance') ?? found.insurance) ? 'selected' : '',",
        replace: "selected: name === found.insurance ? 'selected' : '',",
      },
    ],
  },
  {
    id: 'clinic-void-still-owed',
    app: 'clinic',
    harmless: false,
    family: 'cross-flow state',
    description: 'The open amount is the sum of what is not paid, and that is all.',
    sees: 'Cancel an appointment: its invoice is void, but the open amount still contains it.',
    edits: [
      {
        file: 'office.ts',
        find: '(one) => !one.isCancelled && !one.isPaid',
        replace: '(one) => !one.isPaid',
      },
    ],
  },
  {
    id: 'clinic-chosen-time-pale',
    app: 'clinic',
    harmless: false,
    family: 'visual',
    description: 'The rule for the chosen time lost its plus sign.',
    sees: 'A time that was chosen looks like all others.',
    edits: [
      { file: 'static/site.css', find: '.time input:checked + span', replace: '.time input:checked span' },
    ],
  },
  {
    id: 'clinic-notice-white',
    app: 'clinic',
    harmless: false,
    family: 'visual',
    description: 'Notices get white writing for a green ground that came to another branch.',
    sees: 'After saving a patient, the notice is white on pale yellow and cannot be read.',
    edits: [{ file: 'static/site.css', find: '.alert {\n', replace: '.alert {\n  color: #fff;\n' }],
  },
  {
    id: 'clinic-script-everywhere',
    app: 'clinic',
    harmless: false,
    family: 'console/network',
    description: 'The count of letters left begins on every page, and only one has the field.',
    sees: 'An error in the console of every page but that for contact; on a telephone the menu does not open.',
    edits: [
      {
        file: 'static/site.js',
        find: "    area.addEventListener('input', count);\n    count();\n  }\n",
        replace: '  }\n',
      },
      {
        file: 'static/site.js',
        find: '  if (area) {\n    var count = function () {',
        replace:
          "  area.addEventListener('input', showLeft);\n  showLeft();\n  function showLeft() {\n    if (area) {",
      },
      {
        file: 'static/site.js',
        find: 'area.value.length;\n    };\n',
        replace: 'area.value.length;\n    }\n',
      },
    ],
  },
  {
    id: 'clinic-csv-gone',
    app: 'clinic',
    harmless: false,
    family: 'console/network',
    description: 'The address of the download was tidied up in one of two places.',
    sees: '“Download as CSV” answers 404.',
    edits: [
      {
        file: 'office.ts',
        find: 'csv: `/patients.csv?${query}`',
        replace: 'csv: `/patients/export.csv?${query}`',
      },
    ],
  },
  {
    id: 'clinic-cookie-of-domain',
    app: 'clinic',
    harmless: false,
    family: 'environment',
    description: 'The cookie is for the domain of the practice and all below it.',
    sees: 'On any other host nothing is remembered: after the choice of a service, booking asks for it again.',
    edits: [
      {
        file: 'session.ts',
        find: 'Path=/; HttpOnly; SameSite=Lax',
        replace: 'Domain=praxis-lindenhof.example; Path=/; HttpOnly; SameSite=Lax',
      },
    ],
  },
  {
    id: 'clinic-redirects-to-localhost',
    app: 'clinic',
    harmless: false,
    family: 'environment',
    description: 'Redirects are whole addresses, with a fallback for the machine of the author.',
    sees: 'Every form that is sent ends at localhost:3000.',
    edits: [
      {
        file: 'page.ts',
        find: 'return { status: 303, headers: { location }, body:',
        replace:
          "const origin = process.env.PUBLIC_ORIGIN ?? 'http://localhost:3000';\n  return { status: 303, headers: { location: new URL(location, origin).href }, body:",
      },
    ],
  },
  {
    id: 'clinic-bill-in-parts',
    app: 'clinic',
    harmless: true,
    kind: 'refactoring',
    description: 'Bills are added up by a function, and the fields of forms come from one place.',
    edits: [
      {
        file: 'data.ts',
        find: '  const subtotal = lines.reduce((sum, line) => sum + line.sum, 0);\n',
        replace: '  const subtotal = add(lines.map((line) => line.sum));\n',
      },
      {
        file: 'data.ts',
        find: '  const taxed = added.reduce((sum, { price }) => sum + price * persons, 0);\n',
        replace: '  const taxed = add(added.map(({ price }) => price * persons));\n',
      },
      {
        file: 'data.ts',
        find: '/** What a booking costs, in cents.',
        replace:
          'function add(amounts: readonly number[]): number {\n  return amounts.reduce((sum, amount) => sum + amount, 0);\n}\n\n/** What a booking costs, in cents.',
      },
      {
        file: 'office.ts',
        find: '      live.reduce((sum, one) => sum + billOf(one).total, 0),\n',
        replace: '      live.map((one) => billOf(one).total).reduce((sum, total) => sum + total, 0),\n',
      },
    ],
  },
  {
    id: 'clinic-classes-renamed',
    app: 'clinic',
    harmless: true,
    kind: 'renamed classes',
    description: 'Buttons and grey texts get new class names, in views and style sheet.',
    edits: [
      { file: 'static/site.css', find: '.btn', replace: '.button', all: true },
      { file: 'static/site.css', find: '.muted', replace: '.hint', all: true },
      ...[
        'booking',
        'contact',
        'contact-step',
        'home',
        'invoice',
        'layout',
        'patient',
        'patient-edit',
        'patients',
        'service',
        'slot',
      ].map((name) => ({
        file: `views/${name}.mustache`,
        find: 'class="btn',
        replace: 'class="button',
        all: true as const,
      })),
      { file: 'views/booking.mustache', find: 'button btn-', replace: 'button button-', all: true },
      { file: 'views/layout.mustache', find: 'button btn-light', replace: 'button button-light' },
      { file: 'views/patients.mustache', find: 'button btn-light', replace: 'button button-light' },
      { file: 'views/home.mustache', find: 'class="muted"', replace: 'class="hint"', all: true },
      { file: 'views/service.mustache', find: 'class="muted"', replace: 'class="hint"' },
      { file: 'views/patients.mustache', find: 'class="muted"', replace: 'class="hint"' },
      { file: 'views/patient.mustache', find: 'class="muted"', replace: 'class="hint"', all: true },
      { file: 'views/contact.mustache', find: 'class="muted"', replace: 'class="hint"', all: true },
      { file: 'views/invoice.mustache', find: 'muted', replace: 'hint', all: true },
    ],
  },
  {
    id: 'clinic-wording',
    app: 'clinic',
    harmless: true,
    kind: 'copy change',
    description: 'Some texts are friendlier, in both languages.',
    edits: [
      {
        file: 'words.ts',
        find: "'Physiotherapy by the lime trees'",
        replace: "'Physiotherapy under the lime trees'",
      },
      {
        file: 'words.ts',
        find: "'Please fill this in.', 'Bitte ausfüllen.'",
        replace: "'We need this.', 'Das brauchen wir.'",
      },
      {
        file: 'words.ts',
        find: "'Your appointment is booked.', 'Ihr Termin ist gebucht.'",
        replace: "'Thank you, your appointment is booked.', 'Danke, Ihr Termin ist gebucht.'",
      },
      {
        file: 'words.ts',
        find: "'Only what is needed', 'Nur notwendige'",
        replace: "'Needed ones only', 'Nur die nötigen'",
      },
    ],
  },
  {
    id: 'clinic-about-page',
    app: 'clinic',
    harmless: true,
    kind: 'new page',
    description: 'A page about the practice, linked from the foot of all pages.',
    edits: [
      {
        file: 'server.ts',
        find: "  ['GET', /^\\/contact$/, office.contact],\n",
        replace:
          "  ['GET', /^\\/about$/, (context) => page(context, 'about', { title: 'Praxis' })],\n  ['GET', /^\\/contact$/, office.contact],\n",
      },
      {
        file: 'views/layout.mustache',
        find: '{{t.hours}}</div></footer>',
        replace: '{{t.hours}} · <a href="/about">Praxis</a></div></footer>',
      },
      {
        file: 'static/site.css',
        find: '.hero {\n',
        replace: '.site-footer a {\n  color: inherit;\n}\n.hero {\n',
      },
    ],
    adds: {
      'views/about.mustache':
        '<h1>Praxis Lindenhof</h1>\n<div class="box"><p>{{t.claim}}</p><p>{{t.hours}}</p><p><a href="/contact">{{t.contact}}</a></p></div>\n',
    },
  },
  {
    id: 'clinic-attributes-in-order',
    app: 'clinic',
    harmless: true,
    kind: 'reordered attributes',
    description: 'Attributes stand in the order of a linter, and buttons name their type.',
    edits: [
      {
        file: 'views/service.mustache',
        find: '<input type="radio" name="service" value="{{id}}" data-cents="{{cents}}" {{checked}}>',
        replace: '<input {{checked}} data-cents="{{cents}}" name="service" type="radio" value="{{id}}">',
      },
      {
        file: 'views/service.mustache',
        find: '<form method="post" action="/book/service" class="box" id="service-form" data-lang="{{lang}}">',
        replace:
          '<form action="/book/service" class="box" data-lang="{{lang}}" id="service-form" method="post">',
      },
      {
        file: 'views/service.mustache',
        find: '<button class="btn">',
        replace: '<button class="btn" type="submit">',
      },
      {
        file: 'views/slot.mustache',
        find: '<input type="radio" name="slot" value="{{value}}" {{checked}}>',
        replace: '<input {{checked}} name="slot" type="radio" value="{{value}}">',
      },
      {
        file: 'views/slot.mustache',
        find: '<button class="btn">',
        replace: '<button class="btn" type="submit">',
      },
      {
        file: 'views/patients.mustache',
        find: '<form class="filter" method="get" action="/patients">',
        replace: '<form action="/patients" class="filter" method="get">',
      },
    ],
  },
];
