import { h } from './dom.js';
import { listView } from './list-view.js';
import { LISTS } from './seed.js';
import { settingsView } from './settings-view.js';
import * as store from './store.js';
import { taskView } from './task-view.js';

const app = document.getElementById('app');
const side = document.getElementById('side');

function parseRoute() {
  const [, section = '', rest = ''] = location.hash.split('/');
  if (section === 'task') return { name: 'task', id: Number(rest) };
  if (section === 'settings') return { name: 'settings' };
  if (section === 'list') return { name: 'list', filter: 'all', list: decodeURIComponent(rest) };
  return { name: 'list', filter: section === 'active' || section === 'done' ? section : 'all' };
}

/** Draws the whole page again; `focus` names the field that had the cursor. */
function render(focus) {
  const route = parseRoute();
  side.replaceChildren(sidebar(route));
  if (route.name === 'task') app.replaceChildren(taskView(route.id));
  else if (route.name === 'settings') app.replaceChildren(settingsView());
  else app.replaceChildren(listView(route, render));
  if (focus !== undefined) document.getElementById(focus)?.focus();
}

function sidebar(route) {
  const all = store.tasks();
  const { name } = store.settings();
  const link = (href, label, count) => {
    const isHere = (location.hash || '#/') === href;
    return h('li', {}, [
      h('a', { href, 'aria-current': isHere ? 'page' : undefined }, [
        label,
        h('span', { class: 'count' }, String(count)),
      ]),
    ]);
  };
  return h('div', { 'data-route': route.name }, [
    h('p', { class: 'hello' }, name === '' ? 'Hello' : `Hello, ${name}`),
    h('ul', {}, [
      link('#/', 'All', all.length),
      link('#/active', 'Active', store.left()),
      link('#/done', 'Done', all.length - store.left()),
    ]),
    h('h2', {}, 'Lists'),
    h(
      'ul',
      {},
      LISTS.map((list) =>
        link(`#/list/${list}`, list, all.filter((task) => task.list === list && !task.done).length),
      ),
    ),
  ]);
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select');
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  }
});

async function showTip() {
  const response = await fetch('/tips.json');
  const tips = await response.json();
  document.getElementById('tip').textContent = tips[store.tasks().length % tips.length];
}

store.subscribe(() => render());
window.addEventListener('hashchange', () => render());
render();
showTip();
