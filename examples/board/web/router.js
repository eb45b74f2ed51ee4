import { redraw, ui } from './store.js';

/** The parts of the address: path, and what is filtered by. */
export function here() {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function navigate(to, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  ui.open = null;
  listeners.forEach((listener) => listener());
  redraw();
}

const listeners = [];

export function onNavigate(listener) {
  listeners.push(listener);
  addEventListener('popstate', () => {
    listener();
    redraw();
  });
}

/** The address of `path` with the filters that are set. */
export function keepFilters(path) {
  return `${path}${location.search}`;
}

/** Sets, or with an empty value removes, one filter. */
export function setFilter(name, value) {
  const { path, query } = here();
  if (value === '') query.delete(name);
  else query.set(name, value);
  const text = query.toString();
  ui.selected = new Set();
  navigate(text === '' ? path : `${path}?${text}`);
}

/** The board behind a card that is open, or the list when it was opened from there. */
export function behindCard() {
  return keepFilters(here().path.startsWith('/list') ? '/list' : '/');
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  navigate(link.getAttribute('href'));
});
