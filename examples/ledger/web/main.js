import { call, escape, useCurrency } from './api.js';
import { budgets } from './budgets.js';
import { overview } from './overview.js';
import { settings } from './settings.js';
import { transactions } from './transactions.js';

const VIEWS = { overview, transactions, budgets, settings };
const view = document.getElementById('view');
const bell = document.getElementById('bell');
const notices = document.getElementById('notices');
let turn = 0;
let fading;

export async function show(name, push = true) {
  turn += 1;
  const mine = turn;
  if (push) history.pushState({ name }, '', name === 'overview' ? '/' : `/${name}`);
  for (const tab of document.querySelectorAll('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.dataset.tab === name));
  }
  view.innerHTML = '<p class="loading">Loading…</p>';
  try {
    const draw = await VIEWS[name]();
    // Another tab was chosen meanwhile.
    if (mine !== turn) return;
    view.innerHTML = '';
    draw(view);
    document.getElementById('stamp').textContent = `Updated ${new Date().toLocaleTimeString('en-GB')}`;
  } catch (error) {
    if (mine === turn)
      view.innerHTML = `<p class="failed">${escape(error.message)} <button data-tab="${name}">Try again</button></p>`;
  }
}

export function say(text) {
  const message = document.getElementById('message');
  message.textContent = text;
  message.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => {
    message.hidden = true;
  }, 4000);
}

export async function loadSettings() {
  const { household, currency } = await call('GET', '/settings');
  useCurrency(currency);
  document.getElementById('household').textContent = household;
}

async function loadNotices() {
  const list = await call('GET', '/notices');
  const unread = list.filter((notice) => !notice.read).length;
  const badge = document.getElementById('unread');
  badge.textContent = unread;
  badge.hidden = unread === 0;
  notices.innerHTML = `<ul>${list.map((notice) => `<li class="${notice.read ? 'read' : ''}">${escape(notice.text)}</li>`).join('')}</ul>
    <button id="mark" ${unread === 0 ? 'disabled' : ''}>Mark all as read</button>`;
}

function toggleNotices(isOpen) {
  notices.hidden = !isOpen;
  bell.setAttribute('aria-expanded', String(isOpen));
}

document.addEventListener('click', async (event) => {
  const tab = event.target.closest('[data-tab]');
  if (tab !== null) return show(tab.dataset.tab);
  if (event.target.closest('#bell') !== null) return toggleNotices(notices.hidden);
  if (event.target.id === 'mark') {
    await call('POST', '/notices/read');
    return loadNotices();
  }
  if (event.target.closest('#notices') === null) toggleNotices(false);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') toggleNotices(false);
});

window.addEventListener('popstate', () => show(nameFromPath(), false));

function nameFromPath() {
  const name = location.pathname.slice(1);
  return name in VIEWS ? name : 'overview';
}

await loadSettings();
await loadNotices();
await show(nameFromPath(), false);
