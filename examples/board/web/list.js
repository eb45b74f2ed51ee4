import { Filters, filtered, labelName } from './board.js';
import { columnOptions, PRIORITIES } from './drawer.js';
import { h } from './h.js';
import { here, keepFilters, navigate, setFilter } from './router.js';
import { archive, change, liveCards, redraw, state, ui } from './store.js';
import { Avatar, Select, shortDate } from './ui.js';

const STEP = 10;
let shown = STEP;

const place = (card) => state.columns.findIndex(({ id }) => id === card.column);
const SORTS = {
  title: (a, b) => a.title.localeCompare(b.title, 'en'),
  column: (a, b) => place(a) - place(b) || a.position - b.position,
  priority: (a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority),
  due: (a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'),
  points: (a, b) => b.points - a.points,
};

function flip(id) {
  if (!ui.selected.delete(id)) ui.selected.add(id);
  redraw();
}

export function List() {
  const sort = here().query.get('sort') ?? 'column';
  const found = filtered(liveCards()).sort(SORTS[sort] ?? SORTS.column);
  const rows = found.slice(0, shown);
  const isAll = rows.length > 0 && rows.every((card) => ui.selected.has(card.id));
  const head = (name, text) =>
    h('span', { class: `th${sort === name ? ' is-on' : ''}`, onClick: () => setFilter('sort', name) }, text);
  return h(
    'div',
    { class: 'page' },
    Filters(),
    ui.selected.size > 0 && BulkBar(),
    h(
      'div',
      { class: 'table' },
      h(
        'div',
        { class: 'tr head' },
        h('span', {
          class: `box${isAll ? ' is-on' : ''}`,
          onClick: () => {
            for (const card of rows) isAll ? ui.selected.delete(card.id) : ui.selected.add(card.id);
            redraw();
          },
        }),
        head('title', 'Title'),
        head('column', 'Column'),
        head('priority', 'Priority'),
        head('due', 'Due'),
        head('points', 'Points'),
        h('span', {}, 'Assignee'),
      ),
      rows.map((card) => Row({ card })),
    ),
    h(
      'div',
      { class: 'more' },
      h('span', {}, `${rows.length} of ${found.length} cards`),
      rows.length < found.length &&
        h(
          'button',
          {
            onClick: () => {
              shown += STEP;
              redraw();
            },
          },
          'Load more',
        ),
    ),
  );
}

function Row({ card }) {
  return h(
    'div',
    { class: `tr${ui.selected.has(card.id) ? ' is-selected' : ''}`, key: card.id },
    h('span', { class: `box${ui.selected.has(card.id) ? ' is-on' : ''}`, onClick: () => flip(card.id) }),
    h(
      'a',
      { href: keepFilters(`/list/card/${card.id}`) },
      card.title,
      card.labels.map((id) => h('i', { class: `dot label-${id}`, 'data-tip': labelName(id) })),
    ),
    h('span', {}, state.columns[place(card)].name),
    h('span', { class: `priority ${card.priority}` }, card.priority),
    h('span', {}, card.due === null ? '–' : shortDate(card.due)),
    h('span', {}, card.points),
    Avatar({ person: state.people.find(({ id }) => id === card.assignee) }),
  );
}

function BulkBar() {
  const ids = [...ui.selected];
  const done = (act) => async (value) => {
    ui.selected = new Set();
    await act(value);
    redraw();
  };
  const move = (column) => change(ids, { column }, `${ids.length} cards moved`);
  return h(
    'div',
    { class: 'bulk' },
    h('b', {}, `${ids.length} selected`),
    Select({ id: 'select-bulk', value: '', options: columnOptions(), onPick: done(move) }),
    h('button', { class: 'danger', onClick: done(() => archive(ids)) }, 'Archive'),
    h('button', { onClick: done(() => navigate(keepFilters('/list'))) }, 'Clear'),
  );
}
