import { Board } from './board.js';
import { Drawer, openCard } from './drawer.js';
import { h, mount } from './h.js';
import { List } from './list.js';
import { Activity, Modals, Settings } from './pages.js';
import { behindCard, here, navigate, onNavigate } from './router.js';
import { Search } from './search.js';
import {
  loadBoard,
  loadDetails,
  onChange,
  redraw,
  resetActivity,
  settings,
  state,
  ui,
  undo,
} from './store.js';
import { close, Toasts } from './ui.js';

const NAV = { '/': 'Board', '/list': 'List', '/activity': 'Activity', '/settings': 'Settings' };

function page(path) {
  if (path === '/' || path.startsWith('/card/')) return Board();
  if (path === '/list' || path.startsWith('/list/card/')) return List();
  if (path === '/activity') return Activity();
  if (path === '/settings') return Settings();
  return h(
    'div',
    { class: 'page narrow' },
    h('h1', {}, 'Nothing here'),
    h('a', { href: '/' }, 'Back to the board'),
  );
}

function current(path, own) {
  return own === '/' ? path === '/' || path.startsWith('/card/') : path.startsWith(own);
}

function openNew() {
  ui.modal = {
    kind: 'new',
    fields: { title: '', column: 'ideas', assignee: '', priority: 'medium', due: null, points: 1 },
  };
  redraw();
}

function App() {
  const { path } = here();
  if (!state.isReady) return h('div', { class: 'splash' }, 'Loading…');
  return h(
    'div',
    { class: 'app' },
    h(
      'div',
      { class: 'topbar' },
      h(
        'a',
        { class: 'brand', href: '/' },
        h('img', { src: '/mark.svg', alt: '', width: 22, height: 22 }),
        'Plotline',
      ),
      Object.entries(NAV).map(([to, text]) =>
        h('a', { class: `nav${current(path, to) ? ' is-on' : ''}`, href: to }, text),
      ),
      Search(),
      h('span', { class: 'icon help', 'data-tip': 'Shortcuts', onClick: openHelp }, '?'),
      h('button', { class: 'primary', onClick: openNew }, 'New card'),
    ),
    page(path),
    Drawer(),
    Modals(),
    Toasts(),
  );
}

function openHelp() {
  ui.modal = { kind: 'help' };
  redraw();
}

function arrive() {
  const open = openCard();
  ui.editing = null;
  if (open !== undefined && arrived !== open.id) loadDetails(open.id);
  arrived = open?.id;
  if (here().path === '/activity') resetActivity();
}
let arrived;

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (ui.modal !== null || ui.open !== null) close();
    else if (openCard() !== undefined) navigate(behindCard());
    return;
  }
  if (/^(input|textarea)$/i.test(event.target.tagName) || event.altKey) return;
  if (event.key === 'z') undo();
  else if (event.metaKey || event.ctrlKey || ui.modal !== null) return;
  else if (event.key === 'n') openNew();
  else if (event.key === 'b') navigate('/');
  else if (event.key === 'l') navigate('/list');
  else if (event.key === '?') openHelp();
  else if (event.key === '/') document.querySelector('.search input').focus();
  else return;
  event.preventDefault();
});

document.documentElement.dataset.theme = settings.theme;
onChange(mount(document.getElementById('root'), App));
onNavigate(arrive);
arrive();
loadBoard();
