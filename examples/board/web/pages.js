import { columnOptions, peopleOptions, pointOptions, priorityOptions } from './drawer.js';
import { h } from './h.js';
import { cardOf, createCard, loadActivity, redraw, saveSetting, settings, state, ui } from './store.js';
import { Accordion, Avatar, ago, close, DatePicker, Modal, Select, Switch } from './ui.js';

export function Activity() {
  const watch = (element) => {
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      loadActivity();
    });
    observer.observe(element);
  };
  return h(
    'div',
    { class: 'page narrow' },
    h('h1', {}, 'Activity'),
    h(
      'div',
      { class: 'feed' },
      state.activity.map((entry) => {
        const person = state.people.find(({ id }) => id === entry.who);
        const card = cardOf(entry.card);
        return h(
          'div',
          { class: 'entry', key: entry.id },
          Avatar({ person }),
          h(
            'span',
            {},
            `${person.name} ${entry.text} `,
            card && !card.archived
              ? h('a', { href: `/card/${card.id}` }, card.title)
              : h('i', {}, 'an archived card'),
          ),
          h('small', {}, ago(entry.at)),
        );
      }),
    ),
    state.hasMore
      ? h('div', { class: 'loader', key: `loader-${state.activity.length}`, ref: watch }, 'Loading…')
      : h('p', { class: 'nothing' }, 'That is everything.'),
  );
}

const SWITCHES = [
  ['compact', 'Compact cards', 'Fit more cards on the screen.'],
  ['points', 'Show points', 'On cards and at the head of a column.'],
  ['confirm', 'Ask before archiving', 'A question before a card goes away.'],
  ['sunday', 'Weeks begin on Sunday', 'In every calendar.'],
];

const ANSWERS = [
  ['Where do archived cards go?', 'They stay with us for thirty days. Press Undo to get one back.'],
  ['Why is Review limited?', 'Six pieces are what two editors can read in a week.'],
  ['Who can see this board?', 'Everybody in the editorial team, and nobody else.'],
];

export function Settings() {
  return h(
    'div',
    { class: 'page narrow' },
    h('h1', {}, 'Settings'),
    h(
      'div',
      { class: 'panel' },
      SWITCHES.map(([name, title, hint]) =>
        h(
          'div',
          { class: 'setting' },
          h('div', {}, h('b', {}, title), h('small', {}, hint)),
          Switch({ isOn: settings[name], onFlip: (isOn) => saveSetting(name, isOn) }),
        ),
      ),
      h(
        'div',
        { class: 'setting' },
        h('div', {}, h('b', {}, 'Theme'), h('small', {}, 'Kept in this browser.')),
        h(
          'div',
          { class: 'segments' },
          ['light', 'dark'].map((theme) =>
            h(
              'span',
              { class: settings.theme === theme ? 'is-on' : '', onClick: () => saveSetting('theme', theme) },
              theme,
            ),
          ),
        ),
      ),
    ),
    h('h2', {}, 'Questions'),
    ANSWERS.map(([title, text], index) => Accordion({ id: `answer-${index}`, title, children: text })),
  );
}

export function Modals() {
  if (ui.modal === null) return null;
  return ui.modal.kind === 'new' ? NewCard() : Shortcuts();
}

function NewCard() {
  const { fields, problem } = ui.modal;
  const set = (name) => (value) => {
    fields[name] = value;
    redraw();
  };
  const submit = async (event) => {
    event.preventDefault();
    try {
      await createCard({ ...fields, title: fields.title.trim() });
      close();
    } catch (error) {
      ui.modal = { ...ui.modal, problem: error.message };
      redraw();
    }
  };
  return Modal({
    title: 'New card',
    children: h(
      'form',
      { onSubmit: submit },
      h('input', {
        class: problem ? 'is-wrong' : '',
        placeholder: 'What is it about?',
        value: fields.title,
        ref: (element) => queueMicrotask(() => element.focus()),
        onInput: (event) => set('title')(event.target.value),
      }),
      problem && h('p', { class: 'problem' }, problem),
      h(
        'div',
        { class: 'field' },
        h('span', { class: 'name' }, 'Column'),
        Select({
          id: 'select-new-column',
          value: fields.column,
          options: columnOptions(),
          onPick: set('column'),
        }),
      ),
      h(
        'div',
        { class: 'field' },
        h('span', { class: 'name' }, 'Assignee'),
        Select({
          id: 'select-new-who',
          value: fields.assignee,
          options: peopleOptions(),
          onPick: set('assignee'),
        }),
      ),
      h(
        'div',
        { class: 'field' },
        h('span', { class: 'name' }, 'Priority'),
        Select({
          id: 'select-new-priority',
          value: fields.priority,
          options: priorityOptions,
          onPick: set('priority'),
        }),
      ),
      h(
        'div',
        { class: 'field' },
        h('span', { class: 'name' }, 'Points'),
        Select({
          id: 'select-new-points',
          value: fields.points,
          options: pointOptions,
          onPick: set('points'),
        }),
      ),
      h(
        'div',
        { class: 'field' },
        h('span', { class: 'name' }, 'Due'),
        DatePicker({ id: 'date-new', value: fields.due, onPick: set('due') }),
      ),
      h(
        'div',
        { class: 'modal-foot' },
        h('button', { type: 'button', onClick: close }, 'Cancel'),
        h('button', { class: 'primary' }, 'Add card'),
      ),
    ),
  });
}

function Shortcuts() {
  const keys = {
    n: 'New card',
    '/': 'Search',
    z: 'Undo',
    b: 'Board',
    l: 'List',
    '?': 'This help',
    Esc: 'Close what is open',
  };
  return Modal({
    title: 'Keyboard shortcuts',
    children: h(
      'dl',
      {},
      Object.entries(keys).map(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)]),
    ),
  });
}
