import { addDays, type Job, PARTS, TODAY, WORK, weekday } from './data.ts';
import { esc, longDate, money } from './layout.ts';

/** What is due in one week, Monday to Saturday. `start` is any day of it. */
export function weekPage(jobs: readonly Job[], start: string): string {
  const monday = addDays(start, -((weekday(start) + 6) % 7));
  const days = [0, 1, 2, 3, 4, 5].map((offset) => addDays(monday, offset));
  const due = (day: string): Job[] => jobs.filter((job) => job.due === day && job.state !== 'collected');
  return `
<h1>Week of ${longDate(monday)}</h1>
<p class="pager"><a href="/week?start=${addDays(monday, -7)}">Earlier</a> <a href="/week">This week</a> <a href="/week?start=${addDays(monday, 7)}">Later</a></p>
<div class="week">
${days
  .map(
    (day) => `<div class="day${day === TODAY ? ' today' : ''}"><h2>${longDate(day)}</h2>
${
  due(day).length === 0
    ? '<p class="none">Nothing due</p>'
    : `<ul>${due(day)
        .map((job) => `<li><a href="/jobs/${job.number}">${job.number} ${esc(job.bike)}</a></li>`)
        .join('')}</ul>`
}
</div>`,
  )
  .join('\n')}
</div>`;
}

export function homePage(jobs: readonly Job[]): string {
  const count = (state: string): number => jobs.filter((job) => job.state === state).length;
  const late = jobs.filter((job) => job.due < TODAY && job.state !== 'collected' && job.state !== 'ready');
  return `
<h1>Good morning</h1>
<div class="tiles">
  <a class="tile" href="/jobs?state=waiting"><b>${count('waiting')}</b> waiting</a>
  <a class="tile" href="/jobs?state=in+work"><b>${count('in work')}</b> in work</a>
  <a class="tile" href="/jobs?state=ready"><b>${count('ready')}</b> ready</a>
</div>
<h2>Late</h2>
<ul>${late.map((job) => `<li><a href="/jobs/${job.number}">Job ${job.number}</a>, ${esc(job.customer)}, due ${longDate(job.due)}</li>`).join('')}</ul>
<p><a class="go" href="/book">Book a repair</a></p>`;
}

export function pricesPage(): string {
  const rows = (prices: Record<string, number>): string =>
    Object.entries(prices)
      .map(([name, price]) => `<tr><td>${name}</td><td class="total">${money(price)}</td></tr>`)
      .join('');
  return `
<h1>Prices</h1>
<h2>Work</h2>
<table class="prices">${rows(WORK)}</table>
<h2>Parts</h2>
<table class="prices">${rows(PARTS)}</table>
<details><summary>How we count hours</summary><p>Every quarter of an hour that we begin. Looking costs nothing.</p></details>`;
}
