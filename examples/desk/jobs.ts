import { type Job, PARTS, STATES, totals } from './data.ts';
import { esc, longDate, money } from './layout.ts';

const PAGE_SIZE = 8;

const COLUMNS: Record<string, { label: string; compare: (a: Job, b: Job) => number }> = {
  number: { label: 'No.', compare: (a, b) => a.number - b.number },
  customer: { label: 'Customer', compare: (a, b) => a.customer.localeCompare(b.customer, 'en') },
  due: { label: 'Due', compare: (a, b) => a.due.localeCompare(b.due) },
  total: { label: 'Total', compare: (a, b) => totals(a).total - totals(b).total },
};

/** The list of jobs: `?q=&state=&sort=&dir=&page=`. */
export function jobsPage(jobs: readonly Job[], query: URLSearchParams): string {
  const q = (query.get('q') ?? '').trim();
  const state = query.get('state') ?? '';
  const sort = query.get('sort') ?? 'number';
  const dir = query.get('dir') === 'desc' ? 'desc' : 'asc';
  const found = jobs
    .filter((job) => state === '' || job.state === state)
    .filter((job) => `${job.customer} ${job.bike} ${job.number}`.toLowerCase().includes(q.toLowerCase()));
  const column = COLUMNS[sort] ?? COLUMNS.number;
  const sorted = found.toSorted((a, b) => (column?.compare(a, b) ?? 0) * (dir === 'desc' ? -1 : 1));
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Number(query.get('page')) || 1));
  const rows = sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const link = (changes: Record<string, string>): string =>
    `/jobs?${new URLSearchParams({ q, state, sort, dir, page: String(page), ...changes })}`;
  return `
<h1>Jobs</h1>
<form id="filter" action="/jobs" method="get">
  <input name="q" value="${esc(q)}" placeholder="Customer, bike or number">
  <label>State
    <select name="state">
      <option value="">Any</option>
      ${STATES.map((s) => `<option value="${s}"${s === state ? ' selected' : ''}>${s}</option>`).join('')}
    </select>
  </label>
  <input type="hidden" name="sort" value="${esc(sort)}">
  <input type="hidden" name="dir" value="${dir}">
  <button>Filter</button>
  <a href="/jobs">Reset</a>
</form>
<p class="count">${sorted.length} ${sorted.length === 1 ? 'job' : 'jobs'}${q === '' ? '' : ` for “${esc(q)}”`}</p>
<table class="list">
<thead><tr>
${Object.entries(COLUMNS)
  .map(([key, { label }]) => {
    const isActive = key === sort;
    const next = isActive && dir === 'asc' ? 'desc' : 'asc';
    const arrow = isActive ? (dir === 'asc' ? ' ▲' : ' ▼') : '';
    return `<th class="${key}"${isActive ? ` aria-sort="${dir}ending"` : ''}><a href="${link({ sort: key, dir: next, page: '1' })}">${label}</a>${arrow}</th>`;
  })
  .join('\n')}
<th>Bike</th><th>State</th>
</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
${rows.length === 0 ? '<p class="none">No job matches.</p>' : ''}
<div class="pager">
  ${page > 1 ? `<a href="${link({ page: String(page - 1) })}">Previous</a>` : '<span>Previous</span>'}
  <span>Page ${page} of ${pages}</span>
  ${page < pages ? `<a href="${link({ page: String(page + 1) })}">Next</a>` : '<span>Next</span>'}
</div>`;
}

function row(job: Job): string {
  return `<tr>
<td class="number"><a href="/jobs/${job.number}">${job.number}</a></td>
<td>${esc(job.customer)}</td>
<td>${longDate(job.due)}</td>
<td class="total">${money(totals(job).total)}</td>
<td>${esc(job.bike)}</td>
<td><span class="state ${job.state.replace(' ', '-')}">${job.state}</span></td>
</tr>`;
}

export function jobPage(job: Job, problem: string | undefined): string {
  const sum = totals(job);
  return `
<p class="back"><a href="/jobs">All jobs</a></p>
<h1>Job ${job.number}: ${esc(job.bike)}</h1>
<div class="columns">
<div>
  <h2>Customer</h2>
  <p>${esc(job.customer)}<br>${esc(job.phone)}</p>
  <p>Due ${longDate(job.due)}</p>
  <form action="/jobs/${job.number}/state" method="post" class="inline">
    <label for="state">State</label>
    <select id="state" name="state">
      ${STATES.map((s) => `<option${s === job.state ? ' selected' : ''}>${s}</option>`).join('')}
    </select>
    <button>Change state</button>
  </form>
  <h2>Notes</h2>
  ${
    job.notes.length === 0
      ? '<p class="none">No notes.</p>'
      : `<ul class="notes">${job.notes.map((note) => `<li><b>${longDate(note.at)}</b> ${esc(note.text)}</li>`).join('')}</ul>`
  }
  <form action="/jobs/${job.number}/notes" method="post">
    <label for="note">New note</label>
    <textarea id="note" name="text" rows="2"></textarea>
    ${problem === undefined ? '' : `<p class="error">${esc(problem)}</p>`}
    <button>Add note</button>
  </form>
</div>
<div>
  <h2>Bill</h2>
  <table class="bill">
  <tbody>
  ${job.parts
    .map(
      (
        part,
        index,
      ) => `<tr><td>${part.quantity} × ${esc(part.name)}</td><td>${money(part.price * part.quantity)}</td>
  <td><form action="/jobs/${job.number}/parts/remove" method="post"><input type="hidden" name="index" value="${index}"><button class="small" title="Remove ${esc(part.name)}">Remove</button></form></td></tr>`,
    )
    .join('\n')}
  </tbody>
  <tfoot>
  <tr><td>Parts and work</td><td>${money(sum.parts)}</td></tr>
  ${sum.discount > 0 ? `<tr><td>Loyal customer, 10%</td><td>-${money(sum.discount)}</td></tr>` : ''}
  <tr class="sum"><td>Total</td><td>${money(sum.total)}</td></tr>
  </tfoot>
  </table>
  <form action="/jobs/${job.number}/parts" method="post" class="inline">
    <select name="part">${Object.entries(PARTS)
      .map(([name, price]) => `<option value="${name}">${name} (${money(price)})</option>`)
      .join('')}</select>
    <input name="quantity" type="number" min="1" max="9" value="1" aria-label="Quantity">
    <button>Add part</button>
  </form>
  <form action="/jobs/${job.number}/loyal" method="post" class="inline">
    <button>${job.loyal ? 'Take the discount away' : 'Give the loyal customer discount'}</button>
  </form>
</div>
</div>`;
}
