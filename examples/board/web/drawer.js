import { labelName } from './board.js';
import { h } from './h.js';
import { behindCard, here, keepFilters, navigate } from './router.js';
import { archive, cardOf, change, moveCard, redraw, saveDetails, sendComment, state, ui } from './store.js';
import { Avatar, ago, DatePicker, Editable, Select } from './ui.js';

const TABS = { details: 'Details', checklist: 'Checklist', comments: 'Comments' };
export const PRIORITIES = ['high', 'medium', 'low'];
const capital = (word) => word[0].toUpperCase() + word.slice(1);
export const priorityOptions = PRIORITIES.map((value) => ({ value, name: capital(value) }));
export const pointOptions = [1, 2, 3, 5, 8].map((value) => ({ value, name: `${value}` }));

export function peopleOptions() {
  return [{ value: '', name: 'Nobody' }, ...state.people.map(({ id, name }) => ({ value: id, name }))];
}

export function columnOptions() {
  return state.columns.map(({ id, name }) => ({ value: id, name }));
}

/** What the address says is open: the number of a card and one of its tabs. */
export function openCard() {
  const [, list = '', id, tab = 'details'] = /^(\/list)?\/card\/(\d+)(?:\/(\w+))?$/.exec(here().path) ?? [];
  return id === undefined ? undefined : { id: Number(id), tab, base: `${list}/card/${id}` };
}

export function Drawer() {
  const open = openCard();
  if (open === undefined) return null;
  const card = cardOf(open.id);
  const details = state.details[open.id];
  const leave = () => navigate(behindCard());
  if (card === undefined || card.archived || details?.error !== undefined) {
    return h(
      'aside',
      { class: 'drawer' },
      h('span', { class: 'icon shut', onClick: leave }, '✕'),
      h('p', { class: 'nothing' }, 'This card is no longer here.'),
    );
  }
  return h(
    'aside',
    { class: 'drawer', key: card.id },
    h('span', { class: 'icon shut', onClick: leave }, '✕'),
    h(
      'div',
      { class: 'drawer-title' },
      Editable({
        id: `title-${card.id}`,
        value: card.title,
        onSave: (title) => change([card.id], { title }, 'Renamed'),
      }),
    ),
    h('div', { class: 'updated' }, `Updated ${ago(card.updatedAt)}`),
    h(
      'div',
      { class: 'tabs' },
      Object.entries(TABS).map(([tab, name]) =>
        h(
          'div',
          {
            class: `tab${tab === open.tab ? ' is-on' : ''}`,
            onClick: () =>
              navigate(keepFilters(tab === 'details' ? open.base : `${open.base}/${tab}`), { replace: true }),
          },
          name,
          tab === 'comments' && card.replies > 0 && h('em', {}, card.replies),
        ),
      ),
    ),
    details === undefined ? h('div', { class: 'skeleton' }) : body(open.tab, card, details),
    h(
      'div',
      { class: 'drawer-foot' },
      h(
        'button',
        {
          class: 'danger',
          onClick: async () => {
            await archive([card.id]);
            if (card.archived) leave();
          },
        },
        'Archive card',
      ),
    ),
  );
}

function body(tab, card, details) {
  if (tab === 'checklist') return Checklist({ card, details });
  if (tab === 'comments') return Comments({ card, details });
  return Details({ card, details });
}

function Details({ card, details }) {
  const set = (name) => (value) => change([card.id], { [name]: value }, 'Saved');
  const flip = (id) =>
    set('labels')(card.labels.includes(id) ? card.labels.filter((one) => one !== id) : [...card.labels, id]);
  const field = (name, control) => h('div', { class: 'field' }, h('span', { class: 'name' }, name), control);
  return h(
    'div',
    { class: 'tab-body', key: 'details' },
    field(
      'Column',
      Select({
        id: 'select-column',
        value: card.column,
        options: columnOptions(),
        onPick: (column) => moveCard(card.id, column),
      }),
    ),
    field(
      'Assignee',
      Select({
        id: 'select-assignee',
        value: card.assignee,
        options: peopleOptions(),
        onPick: set('assignee'),
      }),
    ),
    field(
      'Priority',
      Select({
        id: 'select-priority',
        value: card.priority,
        options: priorityOptions,
        onPick: set('priority'),
      }),
    ),
    field(
      'Points',
      Select({ id: 'select-points', value: card.points, options: pointOptions, onPick: set('points') }),
    ),
    field('Due', DatePicker({ id: 'date-card', value: card.due, onPick: set('due') })),
    field(
      'Labels',
      h(
        'div',
        { class: 'filters' },
        state.labels.map(({ id }) =>
          h(
            'span',
            { class: `chip label-${id}${card.labels.includes(id) ? ' is-on' : ''}`, onClick: () => flip(id) },
            labelName(id),
          ),
        ),
      ),
    ),
    h('div', { class: 'name' }, 'Description'),
    Editable({
      id: `description-${card.id}`,
      value: details.description,
      empty: 'Add a description…',
      lines: 4,
      onSave: (description) => saveDetails(card.id, { description }),
    }),
  );
}

function Checklist({ card, details }) {
  const draft = `item-${card.id}`;
  const save = (checklist) => {
    card.done = checklist.filter((item) => item.done).length;
    card.todo = checklist.length;
    saveDetails(card.id, { checklist });
  };
  const add = (event) => {
    event.preventDefault();
    const text = (ui.drafts[draft] ?? '').trim();
    if (text === '') return;
    ui.drafts[draft] = '';
    save([...details.checklist, { text, done: false }]);
  };
  const percent = card.todo === 0 ? 0 : Math.round((card.done / card.todo) * 100);
  return h(
    'div',
    { class: 'tab-body', key: 'checklist' },
    h('div', { class: 'bar' }, h('i', { style: `width:${percent}%` })),
    h('p', { class: 'percent' }, `${percent}% done`),
    details.checklist.map((item, index) =>
      h(
        'div',
        { class: `check${item.done ? ' is-done' : ''}` },
        h('span', {
          class: 'box',
          onClick: () =>
            save(details.checklist.map((one, at) => (at === index ? { ...one, done: !one.done } : one))),
        }),
        h('span', {}, item.text),
        h(
          'span',
          { class: 'icon', onClick: () => save(details.checklist.filter((_, at) => at !== index)) },
          '✕',
        ),
      ),
    ),
    h('form', { onSubmit: add }, Draft(draft, 'Add an item and press Enter')),
  );
}

function Draft(name, placeholder) {
  return h('input', {
    placeholder,
    value: ui.drafts[name] ?? '',
    onInput: (event) => {
      ui.drafts[name] = event.target.value;
      redraw();
    },
  });
}

function Comments({ card, details }) {
  const draft = `comment-${card.id}`;
  const text = (ui.drafts[draft] ?? '').trim();
  const send = async (event) => {
    event.preventDefault();
    if (text === '') return;
    ui.drafts[draft] = '';
    await sendComment(card.id, text);
  };
  return h(
    'div',
    { class: 'tab-body', key: 'comments' },
    details.comments.length === 0 && h('p', { class: 'nothing' }, 'No comments yet. Be the first.'),
    details.comments.map((comment) => {
      const person = state.people.find(({ id }) => id === comment.who);
      return h(
        'div',
        { class: 'comment' },
        Avatar({ person }),
        h('div', {}, h('b', {}, person.name), h('small', {}, ago(comment.at)), h('p', {}, comment.text)),
      );
    }),
    h(
      'form',
      { class: 'write', onSubmit: send },
      Draft(draft, 'Write a comment…'),
      h('button', { class: 'primary', disabled: text === '' }, 'Send'),
    ),
  );
}
