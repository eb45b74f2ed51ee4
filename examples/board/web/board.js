import { h } from './h.js';
import { here, keepFilters, navigate, setFilter } from './router.js';
import { archive, cardsIn, moveCard, redraw, settings, state, ui } from './store.js';
import { Avatar, close, shortDate, today, toggle } from './ui.js';

/** The cards that the filters in the address let through. */
export function filtered(cards) {
  const { query } = here();
  const label = query.get('label');
  const who = query.get('who');
  return cards
    .filter((card) => label === null || card.labels.includes(label))
    .filter((card) => who === null || card.assignee === who);
}

export function Filters() {
  const { query } = here();
  const label = query.get('label');
  const who = query.get('who');
  return h(
    'div',
    { class: 'filters' },
    state.labels.map(({ id, name }) =>
      h(
        'span',
        {
          class: `chip label-${id}${label === id ? ' is-on' : ''}`,
          onClick: () => setFilter('label', label === id ? '' : id),
        },
        name,
      ),
    ),
    h(
      'div',
      { class: 'people' },
      state.people.map((person) =>
        h(
          'span',
          {
            class: `person${who === person.id ? ' is-on' : ''}`,
            onClick: () => setFilter('who', who === person.id ? '' : person.id),
          },
          Avatar({ person }),
        ),
      ),
    ),
    (label !== null || who !== null) && h('a', { class: 'clear', href: here().path }, 'Clear filters'),
  );
}

export function Board() {
  return h(
    'div',
    { class: 'page' },
    Filters(),
    h(
      'div',
      { class: `columns${settings.compact ? ' is-compact' : ''}` },
      state.columns.map((column) => Column({ column })),
    ),
  );
}

function Column({ column }) {
  const cards = filtered(cardsIn(column.id));
  const points = cards.reduce((sum, card) => sum + card.points, 0);
  const drop = (event) => {
    event.preventDefault();
    const before = event.target.closest('.card');
    moveCard(ui.dragged, column.id, before === null ? undefined : Number(before.dataset.id));
    ui.dragged = undefined;
  };
  return h(
    'section',
    { class: 'column', key: column.id, onDragover: (event) => event.preventDefault(), onDrop: drop },
    h(
      'header',
      {},
      h('h2', {}, column.name),
      h('span', { class: 'count' }, column.limit === null ? cards.length : `${cards.length}/${column.limit}`),
      settings.points && h('span', { class: 'points' }, `${points} pts`),
    ),
    cards.map((card) => CardTile({ card })),
    cards.length === 0 && h('p', { class: 'nothing' }, 'Nothing here'),
    h(
      'div',
      {
        class: 'add',
        onClick: () => {
          ui.modal = {
            kind: 'new',
            fields: { title: '', column: column.id, assignee: '', priority: 'medium', due: null, points: 1 },
          };
          redraw();
        },
      },
      '+ Add card',
    ),
  );
}

function CardTile({ card }) {
  const menu = `menu-${card.id}`;
  const isLate = card.due !== null && card.due < today() && card.column !== 'published';
  return h(
    'div',
    {
      class: `card priority-${card.priority}`,
      key: card.id,
      draggable: 'true',
      'data-id': card.id,
      onDragstart: () => {
        ui.dragged = card.id;
      },
      onClick: (event) => {
        if (!event.target.closest('[data-pop]')) navigate(keepFilters(`/card/${card.id}`));
      },
    },
    h(
      'div',
      { class: 'labels' },
      card.labels.map((id) => h('i', { class: `dot label-${id}`, 'data-tip': labelName(id) })),
    ),
    h('div', { class: 'card-title' }, card.title),
    h(
      'div',
      { class: 'card-foot' },
      Avatar({ person: state.people.find(({ id }) => id === card.assignee) }),
      card.due !== null && h('span', { class: `due${isLate ? ' is-late' : ''}` }, shortDate(card.due)),
      card.todo > 0 && h('span', { class: 'progress' }, `☑ ${card.done}/${card.todo}`),
      card.replies > 0 && h('span', { class: 'replies' }, `✉ ${card.replies}`),
      settings.points && h('span', { class: 'pts' }, card.points),
    ),
    h(
      'div',
      { class: 'card-menu', 'data-pop': true },
      h('span', { class: 'icon dots', onClick: () => toggle(menu) }, '⋯'),
      ui.open === menu &&
        h(
          'div',
          { class: 'menu' },
          state.columns
            .filter((column) => column.id !== card.column)
            .map((column) => MenuItem(`Move to ${column.name}`, () => moveCard(card.id, column.id))),
          MenuItem('Archive', () => archive([card.id]), 'is-danger'),
        ),
    ),
  );
}

function MenuItem(text, act, extra = '') {
  const onClick = () => {
    close();
    act();
  };
  return h('div', { class: `menu-item ${extra}`, onClick }, text);
}

export function labelName(id) {
  return state.labels.find((label) => label.id === id)?.name ?? id;
}
