import { type Session, takeFlash } from './session.ts';

export function esc(value: unknown): string {
  return String(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

export function money(pence: number): string {
  return `£${(pence / 100).toFixed(2)}`;
}

export function longDate(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}

export function layout(session: Session, title: string, body: string): string {
  const flash = takeFlash(session);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${esc(title)} | Fixbench</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/desk.css">
<script src="/static/desk.js" defer></script>
</head>
<body>
<div id="page">
<div id="head">
  <div id="logo"><a href="/">Fixbench</a> <small>bicycle workshop</small></div>
  <ul id="menu">
    <li><a href="/jobs">Jobs</a></li>
    <li><a href="/week">Week</a></li>
    <li><a href="/book">Book a repair</a></li>
    <li><a href="/prices">Prices</a></li>
  </ul>
</div>
${flash === undefined ? '' : `<div class="flash" role="status">${esc(flash)}</div>`}
<div id="content">
${body}
</div>
<div id="foot">Fixbench, 4 Canal Yard. Open Monday to Saturday. Session ${session.id.slice(0, 6)}.</div>
</div>
</body>
</html>`;
}
