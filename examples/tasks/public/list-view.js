import { formatDay, h, plural } from './dom.js';
import { LISTS, TODAY } from './seed.js';
import * as store from './store.js';
import { notify } from './toast.js';

/** What the list shows beside the tasks; lives as long as the page. */
const ui = { search: '', sort: 'manual', editing: null, selecting: false, selected: new Set() };

const SORTS = {
  manual: () => 0,
  title: (a, b) => a.title.localeCompare(b.title, 'en', { sensitivity: 'base' }),
  due: (a, b) => (a.due || '9999').localeCompare(b.due || '9999'),
};

export function listView(route, refresh) {
  const visible = visibleTasks(route);
  return h('section', { class: 'list-page' }, [
    h('h1', {}, headingOf(route)),
    newTask(route),
    tools(refresh),
    ui.selecting && bulkBar(visible, refresh),
    visible.length === 0
      ? h('p', { class: 'empty' }, ui.search === '' ? 'Nothing here yet.' : `No task matches “${ui.search}”.`)
      : h(
          'ul',
          { class: 'tasks' },
          visible.map((task) => row(task, refresh)),
        ),
    summary(),
  ]);
}

export function visibleTasks({ filter, list }) {
  const words = ui.search.trim().toLowerCase();
  const hideDone = store.settings().hideDone && filter !== 'done';
  return store
    .tasks()
    .filter((task) => (filter === 'active' ? !task.done : filter === 'done' ? task.done : true))
    .filter((task) => list === undefined || task.list === list)
    .filter((task) => !(hideDone && task.done))
    .filter((task) => task.title.toLowerCase().includes(words))
    .toSorted(SORTS[ui.sort]);
}

function headingOf({ filter, list }) {
  if (list !== undefined) return list;
  return filter === 'active' ? 'Active tasks' : filter === 'done' ? 'Done' : 'All tasks';
}

function newTask({ list }) {
  return h(
    'form',
    {
      class: 'new-task',
      onSubmit: (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const title = form.elements.title.value.trim();
        if (title === '') return;
        const chosen = form.elements.list.value;
        form.reset();
        store.add(title, chosen);
        document.querySelector('.new-task input').focus();
      },
    },
    h('input', { name: 'title', placeholder: 'What needs doing?', autocomplete: 'off', maxlength: 120 }),
    h(
      'select',
      { name: 'list', 'aria-label': 'List' },
      LISTS.map((name) => h('option', { selected: name === (list ?? 'Home') }, name)),
    ),
    h('button', { class: 'primary' }, 'Add'),
  );
}

function tools(refresh) {
  return h('div', { class: 'tools' }, [
    h('input', {
      id: 'search',
      type: 'search',
      placeholder: 'Search tasks',
      'aria-label': 'Search tasks',
      value: ui.search,
      onInput: (event) => {
        ui.search = event.target.value;
        refresh('search');
      },
    }),
    h('label', {}, [
      'Sort by ',
      h(
        'select',
        {
          onChange: (event) => {
            ui.sort = event.target.value;
            refresh();
          },
        },
        Object.entries({ manual: 'Own order', title: 'Title', due: 'Due date' }).map(([value, label]) =>
          h('option', { value, selected: value === ui.sort }, label),
        ),
      ),
    ]),
    h(
      'button',
      {
        type: 'button',
        'aria-pressed': String(ui.selecting),
        onClick: () => {
          ui.selecting = !ui.selecting;
          ui.selected.clear();
          refresh();
        },
      },
      'Select',
    ),
  ]);
}

function bulkBar(visible, refresh) {
  const chosen = () => visible.filter((task) => ui.selected.has(task.id)).map((task) => task.id);
  const leave = () => {
    ui.selecting = false;
    ui.selected.clear();
  };
  return h('div', { class: 'bulk', role: 'group', 'aria-label': 'Selected tasks' }, [
    h('span', {}, `${ui.selected.size} selected`),
    h(
      'button',
      {
        onClick: () => {
          for (const task of visible) ui.selected.add(task.id);
          refresh();
        },
      },
      'Select all',
    ),
    h(
      'button',
      {
        disabled: ui.selected.size === 0,
        onClick: () => {
          const ids = chosen();
          leave();
          for (const id of ids) store.update(id, { done: true });
          notify(`${plural(ids.length, 'task')} completed.`);
        },
      },
      'Complete selected',
    ),
    h(
      'button',
      {
        disabled: ui.selected.size === 0,
        onClick: () => {
          const ids = chosen();
          leave();
          store.remove(ids);
          notify(`${plural(ids.length, 'task')} deleted.`, 'Undo', store.undo);
        },
      },
      'Delete selected',
    ),
  ]);
}

function row(task, refresh) {
  const isLate = !task.done && task.due !== '' && task.due < TODAY;
  return h(
    'li',
    {
      class: `task${task.done ? ' is-done' : ''}${store.settings().compact ? ' compact' : ''}`,
      'data-id': task.id,
    },
    [
      ui.selecting &&
        h('input', {
          type: 'checkbox',
          'aria-label': `Select ${task.title}`,
          checked: ui.selected.has(task.id),
          onChange: (event) => {
            if (event.target.checked) ui.selected.add(task.id);
            else ui.selected.delete(task.id);
            refresh();
          },
        }),
      h('input', {
        type: 'checkbox',
        'aria-label': `Done: ${task.title}`,
        checked: task.done,
        onChange: (event) => store.update(task.id, { done: event.target.checked }),
      }),
      ui.editing === task.id
        ? editor(task, refresh)
        : h(
            'span',
            {
              class: 'title',
              onDblclick: () => {
                ui.editing = task.id;
                refresh('edit');
              },
            },
            task.title,
          ),
      task.due !== '' &&
        h('span', { class: isLate ? 'due late' : 'due' }, `${isLate ? 'Late: ' : ''}${formatDay(task.due)}`),
      h(
        'a',
        { class: 'details', href: `#/task/${task.id}`, 'aria-label': `Details of ${task.title}` },
        'Details',
      ),
      h(
        'button',
        {
          class: 'remove',
          title: 'Delete',
          'aria-label': `Delete ${task.title}`,
          onClick: () => {
            store.remove([task.id]);
            notify(`“${task.title}” deleted.`, 'Undo', store.undo);
          },
        },
        '×',
      ),
    ],
  );
}

function editor(task, refresh) {
  let isOver = false;
  const finish = (title) => {
    if (isOver) return;
    isOver = true;
    ui.editing = null;
    if (title === '') store.remove([task.id]);
    else if (title !== undefined) store.update(task.id, { title });
    else refresh();
  };
  return h('input', {
    class: 'edit',
    id: 'edit',
    'aria-label': 'Title',
    value: task.title,
    onKeydown: (event) => {
      if (event.key === 'Enter') finish(event.target.value.trim());
      if (event.key === 'Escape') finish(undefined);
    },
    onBlur: (event) => finish(event.target.value.trim()),
  });
}

function summary() {
  const left = store.left();
  const doneCount = store.tasks().length - left;
  return h('div', { class: 'summary' }, [
    h('span', { class: 'left' }, `${plural(left, 'item')} left`),
    h('button', { onClick: () => store.setAll(left > 0) }, left > 0 ? 'Complete all' : 'Reopen all'),
    doneCount > 0 &&
      h(
        'button',
        {
          onClick: () => {
            const done = store
              .tasks()
              .filter((task) => task.done)
              .map((task) => task.id);
            store.remove(done);
            notify(`${plural(done.length, 'task')} cleared.`, 'Undo', store.undo);
          },
        },
        'Clear completed',
      ),
  ]);
}
