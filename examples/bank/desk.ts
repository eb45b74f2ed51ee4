import type { Variant } from './variant.ts';

export const DESK_VARIANTS: readonly Variant[] = [
  {
    id: 'desk-next-page-missing',
    app: 'desk',
    harmless: false,
    family: 'missing element',
    description: 'Pages are counted from 0 in one place and from 1 in the other.',
    sees: 'On page 2 of 3 of the jobs there is no link “Next”: the last page cannot be reached.',
    edits: [{ file: 'jobs.ts', find: '${page < pages ? `<a', replace: '${page < pages - 1 ? `<a' }],
  },
  {
    id: 'desk-remove-missing',
    app: 'desk',
    harmless: false,
    family: 'missing element',
    description: 'A single piece was not to be reduced further; now it cannot be removed.',
    sees: 'On the bill only parts with a quantity above one have “Remove”.',
    edits: [
      {
        file: 'jobs.ts',
        find: '<td><form action="/jobs/${job.number}/parts/remove" method="post">',
        replace:
          '<td><form action="/jobs/${job.number}/parts/remove" method="post"${part.quantity > 1 ? \'\' : \' hidden\'}>',
      },
    ],
  },
  {
    id: 'desk-phone-field-missing',
    app: 'desk',
    harmless: false,
    family: 'missing element',
    description: 'The field was moved to a later step that does not exist yet.',
    sees: 'The third step of a booking has no field for the telephone, and nobody can pass it.',
    edits: [
      {
        file: 'booking.ts',
        find: '<label for="phone">Telephone</label>\n<input id="phone" name="phone" type="tel" value="${esc(draft.phone ?? \'\')}">\n',
        replace: '',
      },
    ],
  },
  {
    id: 'desk-estimate-dead',
    app: 'desk',
    harmless: false,
    family: 'no response',
    description: 'The id in the page got another spelling than in the script.',
    sees: 'Ticking work in a booking leaves the estimate at £0.00.',
    edits: [{ file: 'booking.ts', find: 'id="work-form"', replace: 'id="workForm"' }],
  },
  {
    id: 'desk-note-button-dead',
    app: 'desk',
    harmless: false,
    family: 'no response',
    description: 'The button became one of type “button” while its style was unified.',
    sees: '“Add note” does nothing.',
    edits: [
      {
        file: 'jobs.ts',
        find: '<button>Add note</button>',
        replace: '<button type="button">Add note</button>',
      },
    ],
  },
  {
    id: 'desk-state-filter-dead',
    app: 'desk',
    harmless: false,
    family: 'no response',
    description: 'The script listens for an event that a select never sends.',
    sees: 'Choosing a state does not filter the jobs until “Filter” is pressed.',
    edits: [
      {
        file: 'static/desk.js',
        find: "filter.elements.state.addEventListener('change'",
        replace: "filter.elements.state.addEventListener('select'",
      },
    ],
  },
  {
    id: 'desk-later-goes-nowhere',
    app: 'desk',
    harmless: false,
    family: 'wrong navigation',
    description: 'The next week begins one day later, not seven.',
    sees: '“Later” shows the same week again.',
    edits: [{ file: 'week.ts', find: 'addDays(monday, 7)}">Later', replace: 'addDays(monday, 1)}">Later' }],
  },
  {
    id: 'desk-change-state-leaves',
    app: 'desk',
    harmless: false,
    family: 'wrong navigation',
    description: 'One redirect for all actions, with the wrong variable.',
    sees: 'Changing the state of job 105 leads to the page of another job.',
    edits: [
      {
        file: 'server.ts',
        find: '  } else return notFound(session);\n  return go(`/jobs/${job.number}`);',
        replace:
          '  } else return notFound(session);\n  return go(`/jobs/${session.jobs[session.jobs.indexOf(job) + 1]?.number ?? job.number}`);',
      },
    ],
  },
  {
    id: 'desk-sort-total-as-text',
    app: 'desk',
    harmless: false,
    family: 'wrong result',
    description: 'Totals are compared as they are shown.',
    sees: 'Sorted by total, £100.00 comes before £22.10.',
    edits: [
      {
        file: 'jobs.ts',
        find: 'compare: (a, b) => totals(a).total - totals(b).total',
        replace: 'compare: (a, b) => money(totals(a).total).localeCompare(money(totals(b).total))',
      },
    ],
  },
  {
    id: 'desk-count-of-page',
    app: 'desk',
    harmless: false,
    family: 'wrong result',
    description: 'The number of rows on the page is taken for the number of jobs found.',
    sees: '“8 jobs” above three pages of jobs.',
    edits: [
      {
        file: 'jobs.ts',
        find: "${sorted.length} ${sorted.length === 1 ? 'job' : 'jobs'}",
        replace: "${rows.length} ${rows.length === 1 ? 'job' : 'jobs'}",
      },
    ],
  },
  {
    id: 'desk-filter-case',
    app: 'desk',
    harmless: false,
    family: 'wrong result',
    description: 'The words are no longer lower-cased on both sides.',
    sees: 'Searching for “Dev” finds nothing.',
    edits: [
      {
        file: 'jobs.ts',
        find: '.toLowerCase().includes(q.toLowerCase())',
        replace: '.toLowerCase().includes(q)',
      },
    ],
  },
  {
    id: 'desk-order-lost-on-next-page',
    app: 'desk',
    harmless: false,
    family: 'cross-flow state',
    description: 'The links of the pager are built without the direction.',
    sees: 'Sort by total, the dearest first, then “Next”: the second page is in the opposite order.',
    edits: [
      {
        file: 'jobs.ts',
        find: '    `/jobs?${new URLSearchParams({ q, state, sort, dir, page: String(page), ...changes })}`;',
        replace: '    `/jobs?${new URLSearchParams({ q, state, sort, page: String(page), ...changes })}`;',
      },
    ],
  },
  {
    id: 'desk-discount-not-renewed',
    app: 'desk',
    harmless: false,
    family: 'cross-flow state',
    description: 'The discount is worked out once, when it is given.',
    sees: 'Give the discount, remove what costs most: the old discount stays, and the total can be negative.',
    edits: [
      { file: 'data.ts', find: '  loyal: boolean;\n', replace: '  loyal: boolean;\n  discount?: number;\n' },
      {
        file: 'data.ts',
        find: 'const discount = job.loyal ? Math.round(parts * 0.1) : 0;',
        replace:
          'if (!job.loyal) job.discount = undefined;\n  else job.discount ??= Math.round(parts * 0.1);\n  const discount = job.discount ?? 0;',
      },
    ],
  },
  {
    id: 'desk-estimate-kept-after-back',
    app: 'desk',
    harmless: false,
    family: 'cross-flow state',
    description: 'The estimate is remembered in the draft, and a second answer does not replace it.',
    sees: 'Book: choose work, Next, Back, choose more work, Next, fill in, Next: the estimate is the first one.',
    edits: [
      {
        file: 'session.ts',
        find: '  work?: string[];\n',
        replace: '  work?: string[];\n  estimate?: number;\n',
      },
      {
        file: 'booking.ts',
        find: "    if (draft.work.length === 0) problems.work = 'Choose at least one.';",
        replace:
          "    if (draft.work.length === 0) problems.work = 'Choose at least one.';\n    else draft.estimate ??= workTotal(draft);",
      },
      {
        file: 'booking.ts',
        find: '<dt>Estimate</dt><dd>${money(workTotal(draft))}</dd>',
        replace: '<dt>Estimate</dt><dd>${money(draft.estimate ?? workTotal(draft))}</dd>',
      },
    ],
  },
  {
    id: 'desk-booked-twice',
    app: 'desk',
    harmless: false,
    family: 'cross-flow state',
    description: 'The draft is kept so that a second booking is quicker.',
    sees: 'Book, go back, book again: there are two jobs.',
    edits: [{ file: 'server.ts', find: '  session.draft = {};\n', replace: '' }],
  },
  {
    id: 'desk-added-twice',
    app: 'desk',
    harmless: false,
    family: 'cross-flow state',
    description: 'A part that is there already is added as a line, and removal goes by name.',
    sees: 'Add a part twice and remove one line: both lines are gone.',
    edits: [
      {
        file: 'server.ts',
        find: '    if (known !== undefined) known.quantity += quantity;\n    else if (name in PARTS)',
        replace: '    if (name in PARTS)',
      },
      {
        file: 'server.ts',
        find: '    const known = job.parts.find((part) => part.name === name);\n',
        replace: '',
      },
      {
        file: 'server.ts',
        find: "    const [removed] = job.parts.splice(Number(form.get('index')), 1);",
        replace:
          "    const removed = job.parts[Number(form.get('index'))];\n    job.parts = job.parts.filter((part) => part.name !== removed?.name);",
      },
    ],
  },
  {
    id: 'desk-menu-under-head',
    app: 'desk',
    harmless: false,
    family: 'visual',
    description: 'The menu is positioned for a design in which the logo is narrower.',
    sees: 'The menu lies over the name of the workshop.',
    edits: [
      {
        file: 'static/desk.css',
        find: '#menu {\n',
        replace: '#menu {\n  position: absolute;\n  left: 50%;\n  margin-left: -440px !important;\n',
      },
    ],
  },
  {
    id: 'desk-total-class-collides',
    app: 'desk',
    harmless: false,
    family: 'visual',
    description: 'A banner that is not there yet takes the class that the column of totals has.',
    sees: 'The totals in the list of jobs are white on white.',
    edits: [
      {
        file: 'static/desk.css',
        find: '#foot {',
        replace: '.total {\n  color: #fffdf8;\n  font-weight: bold;\n}\n#foot {',
      },
    ],
  },
  {
    id: 'desk-script-throws',
    app: 'desk',
    harmless: false,
    family: 'console/network',
    description: 'A check for pages without the form was removed.',
    sees: 'On every page but “Jobs” the script throws, and buttons are no longer locked while a form is sent.',
    edits: [{ file: 'static/desk.js', find: 'if (filter !== null) {', replace: '{' }],
  },
  {
    id: 'desk-long-note-refused',
    app: 'desk',
    harmless: false,
    family: 'console/network',
    description: 'Notes are limited to a length, and the wrong side of the comparison is refused.',
    sees: 'Every short note ends on a page that says “Not found” with status 413.',
    edits: [
      {
        file: 'server.ts',
        find: '    job.notes.push({ at: TODAY, text });',
        replace:
          "    if (text.length < 2000) return show(session, 'Too long', '<h1>Too long</h1>', 413);\n    job.notes.push({ at: TODAY, text });",
      },
    ],
  },
  {
    id: 'desk-cookie-path',
    app: 'desk',
    harmless: false,
    family: 'environment',
    description: 'The cookie is set for the path under which production serves the program.',
    sees: 'Nothing is remembered: every page belongs to a new session, and a booking never gets past its first step.',
    edits: [{ file: 'session.ts', find: 'Path=/; HttpOnly', replace: 'Path=/fixbench; HttpOnly' }],
  },
  {
    id: 'desk-policy-too-strict',
    app: 'desk',
    harmless: false,
    family: 'environment',
    description: 'A content security policy that names production’s own host instead of “self”.',
    sees: 'In the preview neither style sheet nor script is loaded.',
    edits: [
      {
        file: 'server.ts',
        find: "    'content-type': 'text/html; charset=utf-8',\n    ...(",
        replace:
          "    'content-type': 'text/html; charset=utf-8',\n    'content-security-policy': \"script-src https://fixbench.example; style-src https://fixbench.example\",\n    ...(",
      },
    ],
  },
  {
    id: 'desk-dates-in-other-zone',
    app: 'desk',
    harmless: false,
    family: 'environment',
    description: 'Dates are shown in the zone of the region where the preview runs.',
    sees: 'Every date is one day early.',
    edits: [{ file: 'layout.ts', find: "timeZone: 'UTC'", replace: "timeZone: 'America/New_York'" }],
  },
  {
    id: 'desk-partials',
    app: 'desk',
    harmless: true,
    kind: 'refactoring',
    description: 'Head and foot of the page become functions of their own, a div becomes a footer.',
    edits: [
      {
        file: 'layout.ts',
        find: '<div id="foot">Fixbench, 4 Canal Yard. Open Monday to Saturday. Session ${session.id.slice(0, 6)}.</div>',
        replace: '${foot(session)}',
      },
      {
        file: 'layout.ts',
        find: 'export function layout(',
        replace:
          'function foot({ id }: Session): string {\n  return `<footer id="foot">Fixbench, 4 Canal Yard. Open Monday to Saturday. Session ${id.slice(0, 6)}.</footer>`;\n}\n\nexport function layout(',
      },
    ],
  },
  {
    id: 'desk-endpoint-renamed',
    app: 'desk',
    harmless: true,
    kind: 'endpoint renamed',
    description: 'Parts are called items in the addresses of the forms, on both sides.',
    edits: [
      { file: 'jobs.ts', find: '/parts', replace: '/items', all: true },
      { file: 'server.ts', find: "action === 'parts'", replace: "action === 'items'" },
      { file: 'server.ts', find: "action === 'parts/remove'", replace: "action === 'items/remove'" },
    ],
  },
  {
    id: 'desk-opening-hours-page',
    app: 'desk',
    harmless: true,
    kind: 'new page',
    description: 'A page with the opening hours, linked from the menu.',
    edits: [
      {
        file: 'layout.ts',
        find: '<li><a href="/prices">Prices</a></li>',
        replace: '<li><a href="/prices">Prices</a></li>\n    <li><a href="/hours">Hours</a></li>',
      },
      {
        file: 'server.ts',
        find: "  if (path === '/prices')",
        replace:
          "  if (path === '/hours') return show(session, 'Hours', '<h1>Hours</h1><p>Monday to Saturday, 9 to 6.</p>');\n  if (path === '/prices')",
      },
    ],
  },
  {
    id: 'desk-attributes-reordered',
    app: 'desk',
    harmless: true,
    kind: 'reordered attributes',
    description: 'Attributes are sorted by the formatter, and ids that nothing uses are dropped.',
    edits: [
      {
        file: 'jobs.ts',
        find: '<form id="filter" action="/jobs" method="get">',
        replace: '<form method="get" action="/jobs" id="filter">',
      },
      {
        file: 'jobs.ts',
        find: '<input name="q" value="${esc(q)}" placeholder="Customer, bike or number">',
        replace: '<input placeholder="Customer, bike or number" value="${esc(q)}" name="q" type="text">',
      },
      { file: 'booking.ts', find: 'id="${field}-error"', replace: 'data-field="${field}"' },
    ],
  },
  {
    id: 'desk-wording',
    app: 'desk',
    harmless: true,
    kind: 'copy change',
    description: 'Messages of the booking and two headings are reworded.',
    edits: [
      { file: 'booking.ts', find: "'Choose at least one.'", replace: "'Please choose at least one job.'" },
      { file: 'booking.ts', find: "'We are closed on Sundays.'", replace: "'On Sundays we are closed.'" },
      { file: 'week.ts', find: '<h1>Good morning</h1>', replace: '<h1>Welcome</h1>' },
      { file: 'server.ts', find: "'Note added.'", replace: "'Your note is added.'" },
    ],
  },
  {
    id: 'desk-minified-styles',
    app: 'desk',
    harmless: true,
    kind: 'style sheet',
    description: 'Rules that say the same are merged, and a shorthand replaces two properties.',
    edits: [
      { file: 'static/desk.css', find: '.none {\n  color: #6b6259;\n}\n', replace: '' },
      {
        file: 'static/desk.css',
        find: '.pager span {\n  color: #6b6259;\n}',
        replace: '.none,.pager span{color:#6b6259}',
      },
      { file: 'static/desk.css', find: '#logo a {', replace: '#page #logo a {' },
    ],
  },
];
