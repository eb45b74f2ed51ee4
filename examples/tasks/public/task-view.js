import { formatDay, h } from './dom.js';
import { LISTS } from './seed.js';
import * as store from './store.js';
import { notify } from './toast.js';

/** One task with everything that is known of it. */
export function taskView(id) {
  const task = store.find(id);
  if (task === undefined) {
    return h('section', {}, [
      h('h1', {}, 'No such task'),
      h('p', {}, ['It may have been deleted. ', h('a', { href: '#/' }, 'All tasks')]),
    ]);
  }
  const home = `#/list/${task.list}`;
  return h('section', { class: 'task-page' }, [
    h('p', { class: 'crumbs' }, [h('a', { href: home }, task.list), ` / Task ${task.id}`]),
    h('h1', {}, task.title),
    h(
      'p',
      { class: 'state' },
      task.done ? 'Done' : task.due === '' ? 'No date' : `Due on ${formatDay(task.due)}`,
    ),
    h(
      'form',
      {
        class: 'task-form',
        onSubmit: (event) => {
          event.preventDefault();
          const { title, notes, due, list } = event.currentTarget.elements;
          const problem = document.getElementById('title-problem');
          if (title.value.trim() === '') {
            problem.hidden = false;
            title.focus();
            return;
          }
          store.update(id, {
            title: title.value.trim(),
            notes: notes.value,
            due: due.value,
            list: list.value,
          });
          notify('Saved.');
          location.hash = `#/list/${list.value}`;
        },
      },
      [
        h('label', {}, ['Title', h('input', { name: 'title', value: task.title })]),
        h('p', { id: 'title-problem', class: 'problem', hidden: true }, 'A task needs a title.'),
        h('label', {}, ['Notes', h('textarea', { name: 'notes', rows: 3, value: task.notes })]),
        h('label', {}, ['Due', h('input', { name: 'due', type: 'date', value: task.due })]),
        h('label', {}, [
          'List',
          h(
            'select',
            { name: 'list' },
            LISTS.map((name) => h('option', { selected: name === task.list }, name)),
          ),
        ]),
        h('div', { class: 'row' }, [
          h('button', { class: 'primary' }, 'Save'),
          h('a', { class: 'button', href: home }, 'Cancel'),
          h(
            'button',
            { type: 'button', onClick: () => store.update(id, { done: !task.done }) },
            task.done ? 'Reopen' : 'Mark as done',
          ),
        ]),
      ],
    ),
  ]);
}
