import { addDays, TODAY, WORK, weekday } from './data.ts';
import { esc, longDate, money } from './layout.ts';
import type { Draft } from './session.ts';

const KINDS = ['Town bike', 'Touring bike', 'Folding bike', 'Electric bike'];
const STEPS = ['Bike', 'Work', 'Day', 'Check'];

export type Problems = Record<string, string>;

function stepper(current: number): string {
  return `<ol class="steps">${STEPS.map(
    (name, index) =>
      `<li class="${index + 1 === current ? 'here' : index + 1 < current ? 'past' : ''}">${name}</li>`,
  ).join('')}</ol>`;
}

function error(problems: Problems, field: string): string {
  return problems[field] === undefined
    ? ''
    : `<p class="error" id="${field}-error">${esc(problems[field])}</p>`;
}

export function workTotal(draft: Draft): number {
  return (draft.work ?? []).reduce((sum, name) => sum + (WORK[name] ?? 0), 0);
}

export function stepPage(step: number, draft: Draft, problems: Problems): string {
  const body = [bikeStep, workStep, dayStep, checkStep][step - 1];
  return `<h1>Book a repair</h1>${stepper(step)}${body === undefined ? '' : body(draft, problems)}`;
}

function bikeStep(draft: Draft, problems: Problems): string {
  return `<form action="/book/1" method="post" class="wizard">
<fieldset><legend>What kind of bike?</legend>
${KINDS.map((kind) => `<label class="choice"><input type="radio" name="kind" value="${kind}"${draft.kind === kind ? ' checked' : ''}> ${kind}</label>`).join('\n')}
${error(problems, 'kind')}
</fieldset>
<label for="bike">Make and model</label>
<input id="bike" name="bike" value="${esc(draft.bike ?? '')}">
${error(problems, 'bike')}
<div class="buttons"><button class="go">Next</button></div>
</form>`;
}

function workStep(draft: Draft, problems: Problems): string {
  return `<form action="/book/2" method="post" class="wizard" id="work-form">
<fieldset><legend>What shall we do?</legend>
${Object.entries(WORK)
  .map(
    ([name, price]) =>
      `<label class="choice"><input type="checkbox" name="work" value="${name}" data-price="${price}"${draft.work?.includes(name) ? ' checked' : ''}> ${name} <span class="price">${money(price)}</span></label>`,
  )
  .join('\n')}
${error(problems, 'work')}
</fieldset>
<p>Estimate: <output id="estimate">${money(workTotal(draft))}</output></p>
<div class="buttons"><a href="/book/1">Back</a> <button class="go">Next</button></div>
</form>`;
}

function dayStep(draft: Draft, problems: Problems): string {
  return `<form action="/book/3" method="post" class="wizard">
<label for="date">Day</label>
<input id="date" name="date" type="date" value="${esc(draft.date ?? addDays(TODAY, 2))}">
${error(problems, 'date')}
<label for="name">Your name</label>
<input id="name" name="name" value="${esc(draft.name ?? '')}" autocomplete="name">
${error(problems, 'name')}
<label for="phone">Telephone</label>
<input id="phone" name="phone" type="tel" value="${esc(draft.phone ?? '')}">
${error(problems, 'phone')}
<div class="buttons"><a href="/book/2">Back</a> <button class="go">Next</button></div>
</form>`;
}

function checkStep(draft: Draft): string {
  return `<dl class="check">
<dt>Bike</dt><dd>${esc(draft.bike ?? '')} (${esc(draft.kind ?? '')})</dd>
<dt>Work</dt><dd>${(draft.work ?? []).map(esc).join(', ')}</dd>
<dt>Day</dt><dd>${draft.date === undefined ? '' : longDate(draft.date)}</dd>
<dt>Name</dt><dd>${esc(draft.name ?? '')}, ${esc(draft.phone ?? '')}</dd>
<dt>Estimate</dt><dd>${money(workTotal(draft))}</dd>
</dl>
<form action="/book/confirm" method="post"><div class="buttons"><a href="/book/3">Back</a> <button class="go">Book</button></div></form>`;
}

/** Puts what a step sent into the draft and says what is wrong with it. */
export function takeStep(step: number, draft: Draft, form: URLSearchParams): Problems {
  const problems: Problems = {};
  const text = (name: string): string => (form.get(name) ?? '').trim();
  if (step === 1) {
    draft.kind = text('kind');
    draft.bike = text('bike');
    if (!KINDS.includes(draft.kind)) problems.kind = 'Choose one.';
    if (draft.bike === '') problems.bike = 'Tell us which bike it is.';
  } else if (step === 2) {
    draft.work = form.getAll('work').filter((name) => name in WORK);
    if (draft.work.length === 0) problems.work = 'Choose at least one.';
  } else {
    draft.date = text('date');
    draft.name = text('name');
    draft.phone = text('phone');
    if (!/^\d{4}-\d\d-\d\d$/.test(draft.date) || draft.date < TODAY)
      problems.date = 'Choose a day from today on.';
    else if (weekday(draft.date) === 0) problems.date = 'We are closed on Sundays.';
    else if (draft.date > addDays(TODAY, 60)) problems.date = 'We book sixty days ahead.';
    if (draft.name === '') problems.name = 'We need your name.';
    if (draft.phone.replace(/\D/g, '').length < 6)
      problems.phone = 'A telephone number has six digits or more.';
  }
  return problems;
}

/** The first step that is not filled in yet. */
export function firstOpenStep(draft: Draft): number {
  if (draft.kind === undefined || draft.bike === undefined || draft.bike === '') return 1;
  if (draft.work === undefined || draft.work.length === 0) return 2;
  if (draft.date === undefined || draft.name === undefined || draft.name === '') return 3;
  return 4;
}
