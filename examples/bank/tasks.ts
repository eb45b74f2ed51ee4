import type { Variant } from './variant.ts';

export const TASKS_VARIANTS: readonly Variant[] = [
  {
    id: 'tasks-clear-missing',
    app: 'tasks',
    harmless: false,
    family: 'missing element',
    description: 'The condition of the button was rewritten while the summary was tidied up.',
    sees: 'There are done tasks, but no button “Clear completed” unless every task is done.',
    edits: [
      {
        file: 'public/list-view.js',
        find: '    doneCount > 0 &&\n',
        replace: '    doneCount > 0 &&\n      left === 0 &&\n',
      },
    ],
  },
  {
    id: 'tasks-due-field-missing',
    app: 'tasks',
    harmless: false,
    family: 'missing element',
    description: 'The field for the date is drawn only for tasks that have a date.',
    sees: 'A task without a date can never get one: its page has no field “Due”.',
    edits: [
      {
        file: 'public/task-view.js',
        find: "h('label', {}, ['Due', h(",
        replace: "task.due !== '' && h('label', {}, ['Due', h(",
      },
      {
        file: 'public/task-view.js',
        find: 'due: due.value,',
        replace: "due: due?.value ?? '',",
      },
    ],
  },
  {
    id: 'tasks-escape-dead',
    app: 'tasks',
    harmless: false,
    family: 'no response',
    description: 'The key is compared with the name that old browsers gave it.',
    sees: 'Escape does not leave the field in which a title is edited.',
    edits: [{ file: 'public/list-view.js', find: "event.key === 'Escape'", replace: "event.key === 'Esc'" }],
  },
  {
    id: 'tasks-undo-dead',
    app: 'tasks',
    harmless: false,
    family: 'no response',
    description: 'Hiding the toast forgets what was removed before the undo is carried out.',
    sees: 'Delete a task and press Undo: the toast goes, the task stays away.',
    edits: [
      {
        file: 'public/store.js',
        find: 'export function undo() {\n',
        replace: 'export function forget() {\n  state.removed = [];\n}\n\nexport function undo() {\n',
      },
      {
        file: 'public/toast.js',
        find: "import { h } from './dom.js';",
        replace: "import { h } from './dom.js';\nimport { forget } from './store.js';",
      },
      {
        file: 'public/toast.js',
        find: 'export function hide() {\n',
        replace: 'export function hide() {\n  forget();\n',
      },
    ],
  },
  {
    id: 'tasks-complete-selected-dead',
    app: 'tasks',
    harmless: false,
    family: 'no response',
    description: 'The selection is emptied before it is read.',
    sees: 'Select, tick a task, “Complete selected”: “0 tasks completed.”, and nothing is done.',
    edits: [
      {
        file: 'public/list-view.js',
        find: '          const ids = chosen();\n          leave();\n          for (const id of ids)',
        replace: '          leave();\n          const ids = chosen();\n          for (const id of ids)',
      },
    ],
  },
  {
    id: 'tasks-details-wrong-task',
    app: 'tasks',
    harmless: false,
    family: 'wrong navigation',
    description: 'The route finds the task by its place in the list instead of by its number.',
    sees: '“Details of Renew the passport” opens “Write the quarterly report”.',
    edits: [
      {
        file: 'public/task-view.js',
        find: 'const task = store.find(id);',
        replace: 'const task = store.tasks()[id];',
      },
    ],
  },
  {
    id: 'tasks-save-goes-elsewhere',
    app: 'tasks',
    harmless: false,
    family: 'wrong navigation',
    description: 'A leftover variable in the address after saving.',
    sees: 'Saving a task on its page leads to a list named “undefined”.',
    edits: [
      {
        file: 'public/task-view.js',
        find: 'location.hash = `#/list/${list.value}`;',
        replace: 'location.hash = `#/list/${task.group}`;',
      },
    ],
  },
  {
    id: 'tasks-sort-title-by-case',
    app: 'tasks',
    harmless: false,
    family: 'wrong result',
    description: 'Sorting by title compares code units, because that is faster.',
    sees: 'Sorted by title, “call the landlord” comes last.',
    edits: [
      {
        file: 'public/list-view.js',
        find: "a.title.localeCompare(b.title, 'en', { sensitivity: 'base' })",
        replace: '(a.title < b.title ? -1 : 1)',
      },
    ],
  },
  {
    id: 'tasks-search-from-start',
    app: 'tasks',
    harmless: false,
    family: 'wrong result',
    description: 'The search looks at the beginning of titles only.',
    sees: 'Searching “hedge” finds nothing, although there is “Trim the hedge”.',
    edits: [{ file: 'public/list-view.js', find: '.includes(words)', replace: '.startsWith(words)' }],
  },
  {
    id: 'tasks-escape-keeps-text',
    app: 'tasks',
    harmless: false,
    family: 'cross-flow state',
    description: 'A guard against finishing twice was taken for dead code and removed.',
    sees: 'Double-click a title, type, Escape: the new title is kept, since leaving the field saves it.',
    edits: [
      { file: 'public/list-view.js', find: '    if (isOver) return;\n    isOver = true;\n', replace: '' },
      { file: 'public/list-view.js', find: '  let isOver = false;\n', replace: '' },
      {
        file: 'public/list-view.js',
        find: "if (event.key === 'Escape') finish(undefined);",
        replace: "if (event.key === 'Escape') event.target.blur();",
      },
    ],
  },
  {
    id: 'tasks-undo-wrong-place',
    app: 'tasks',
    harmless: false,
    family: 'cross-flow state',
    description: 'Undo appends what was removed instead of putting it back where it was.',
    sees: 'Delete the first task and undo: it is the last one now.',
    edits: [
      {
        file: 'public/store.js',
        find: 'for (const { task, index } of state.removed) list.splice(index, 0, task);',
        replace: 'for (const { task } of state.removed) list.push(task);',
      },
    ],
  },
  {
    id: 'tasks-complete-all-not-kept',
    app: 'tasks',
    harmless: false,
    family: 'cross-flow state',
    description: 'Completing everything tells the listeners but does not write to the storage.',
    sees: '“Complete all”, then reload: the tasks are open again.',
    edits: [
      {
        file: 'public/store.js',
        find: '  for (const task of state.tasks) task.done = done;\n  commit();',
        replace:
          '  for (const task of state.tasks) task.done = done;\n  for (const listener of listeners) listener();',
      },
    ],
  },
  {
    id: 'tasks-filtered-toggle',
    app: 'tasks',
    harmless: false,
    family: 'cross-flow state',
    description: 'Rows are numbered within what is shown, and the store counts all tasks.',
    sees: 'On “Done”, unticking the second task changes another one; on “All” everything is right.',
    edits: [
      {
        file: 'public/list-view.js',
        find: 'visible.map((task) => row(task, refresh))',
        replace: 'visible.map((task, index) => row(task, refresh, index))',
      },
      {
        file: 'public/list-view.js',
        find: 'function row(task, refresh) {',
        replace: 'function row(task, refresh, index) {',
      },
      {
        file: 'public/list-view.js',
        find: 'onChange: (event) => store.update(task.id, { done: event.target.checked }),',
        replace:
          "onChange: (event) => store.update((ui.sort === 'manual' ? store.tasks()[index] : task).id, { done: event.target.checked }),",
      },
    ],
  },
  {
    id: 'tasks-hidden-still-selected',
    app: 'tasks',
    harmless: false,
    family: 'cross-flow state',
    description: 'Deleting the selection works on everything that was ever ticked.',
    sees: 'Select all, search for “hedge”, “Delete selected”: tasks that were not shown are deleted as well.',
    edits: [
      {
        file: 'public/list-view.js',
        find: 'const chosen = () => visible.filter((task) => ui.selected.has(task.id)).map((task) => task.id);',
        replace: 'const chosen = () => [...ui.selected];',
      },
    ],
  },
  {
    id: 'tasks-toast-unreadable',
    app: 'tasks',
    harmless: false,
    family: 'visual',
    description: 'The toast follows the new dark text colour, its background stays dark.',
    sees: 'After deleting a task the message is dark on dark and cannot be read.',
    edits: [
      {
        file: 'public/style.css',
        find: '  background: #22313b;\n  color: #fff;',
        replace: '  background: #22313b;\n  color: var(--ink);',
      },
    ],
  },
  {
    id: 'tasks-list-cut-off',
    app: 'tasks',
    harmless: false,
    family: 'visual',
    description: 'The list got a maximal height for small windows, without a scroll bar.',
    sees: 'Only the first four tasks can be seen; the rest is cut off.',
    edits: [
      {
        file: 'public/style.css',
        find: '.tasks {\n',
        replace: '.tasks {\n  max-height: 13rem;\n  overflow: hidden;\n',
      },
    ],
  },
  {
    id: 'tasks-settings-throws',
    app: 'tasks',
    harmless: false,
    family: 'console/network',
    description: 'The greeting upper-cases the initial of a name that may be empty.',
    sees: 'After the first change of anything the page stops drawing, and an exception is in the console.',
    edits: [
      {
        file: 'public/app.js',
        find: "name === '' ? 'Hello' : `Hello, ${name}`",
        replace:
          "localStorage.getItem('plainlist') === null ? 'Hello' : `Hello, ${name[0].toUpperCase()}${name.slice(1)}`",
      },
    ],
  },
  {
    id: 'tasks-tips-404',
    app: 'tasks',
    harmless: false,
    family: 'console/network',
    description: 'The file with the tips moved, the request for it did not.',
    sees: 'No tip beside the name, and a rejected promise in the console.',
    edits: [{ file: 'public/app.js', find: "fetch('/tips.json')", replace: "fetch('/data/tips.json')" }],
  },
  {
    id: 'tasks-foreign-styles',
    app: 'tasks',
    harmless: false,
    family: 'environment',
    description: 'The built page points at the asset host of production.',
    sees: 'In the preview the page has no styles: they come from a host that does not serve previews.',
    edits: [
      {
        file: 'public/index.html',
        find: 'href="/style.css"',
        replace: 'href="https://assets.plainlist.example/v2/style.css"',
      },
    ],
  },
  {
    id: 'tasks-classes-renamed',
    app: 'tasks',
    harmless: true,
    kind: 'renamed classes',
    description: 'Classes get the prefix of the team’s convention, in script and style sheet alike.',
    edits: [
      { file: 'public/list-view.js', find: "'summary'", replace: "'pl-summary'", all: true },
      { file: 'public/style.css', find: '.summary', replace: '.pl-summary', all: true },
      { file: 'public/list-view.js', find: "class: 'tools'", replace: "class: 'pl-tools'" },
      { file: 'public/style.css', find: '.tools', replace: '.pl-tools', all: true },
      { file: 'public/list-view.js', find: "class: 'title'", replace: "class: 'pl-title'" },
      { file: 'public/style.css', find: '.title', replace: '.pl-title', all: true },
    ],
  },
  {
    id: 'tasks-filter-memoised',
    app: 'tasks',
    harmless: true,
    kind: 'memoisation',
    description: 'The list of visible tasks is kept until something it depends on changes.',
    edits: [
      {
        file: 'public/list-view.js',
        find: 'export function visibleTasks({ filter, list }) {\n',
        replace:
          'let memo = { key: [], tasks: [] };\n\nexport function visibleTasks({ filter, list }) {\n  const key = [store.tasks(), JSON.stringify(store.tasks()), filter, list, ui.search, ui.sort, store.settings().hideDone];\n  if (key.every((part, index) => part === memo.key[index])) return memo.tasks;\n  memo = { key, tasks: selectTasks({ filter, list }) };\n  return memo.tasks;\n}\n\nfunction selectTasks({ filter, list }) {\n',
      },
    ],
  },
  {
    id: 'tasks-about-page',
    app: 'tasks',
    harmless: true,
    kind: 'new page',
    description: 'A page about the program, with a link beside “Settings”.',
    edits: [
      {
        file: 'public/index.html',
        find: '<a href="#/settings">Settings</a>',
        replace: '<a href="#/about">About</a>\n      <a href="#/settings">Settings</a>',
      },
      {
        file: 'public/app.js',
        find: "import { h } from './dom.js';",
        replace: "import { aboutView } from './about-view.js';\nimport { h } from './dom.js';",
      },
      {
        file: 'public/app.js',
        find: "  if (section === 'settings') return { name: 'settings' };",
        replace: "  if (section === 'settings' || section === 'about') return { name: section };",
      },
      {
        file: 'public/app.js',
        find: '  else app.replaceChildren(listView(route, render));',
        replace:
          "  else if (route.name === 'about') app.replaceChildren(aboutView());\n  else app.replaceChildren(listView(route, render));",
      },
    ],
    adds: {
      'public/about-view.js':
        "import { h } from './dom.js';\n\nexport function aboutView() {\n  return h('section', {}, [\n    h('h1', {}, 'About Plainlist'),\n    h('p', {}, 'A list, kept plain. Version 2.'),\n    h('a', { href: '#/' }, 'All tasks'),\n  ]);\n}\n",
    },
  },
  {
    id: 'tasks-sections-for-divs',
    app: 'tasks',
    harmless: true,
    kind: 'markup',
    description: 'The rows of the page are wrapped and lose a div, with attributes in another order.',
    edits: [
      {
        file: 'public/list-view.js',
        find: "  return h('section', { class: 'list-page' }, [",
        replace: "  return h('article', { 'data-testid': 'list-page', class: 'list-page' }, [",
      },
      {
        file: 'public/list-view.js',
        find: "return h('div', { class: 'tools' }, [",
        replace: "return h('section', { 'data-testid': 'tools', class: 'tools' }, [",
      },
      { file: 'public/list-view.js', find: "'data-id': task.id,", replace: "'data-task': task.id," },
    ],
  },
  {
    id: 'tasks-copy',
    app: 'tasks',
    harmless: true,
    kind: 'copy change',
    description: 'The words of the settings page and of the footer are made friendlier.',
    edits: [
      {
        file: 'public/settings-view.js',
        find: "h('h2', {}, 'Sample data')",
        replace: "h('h2', {}, 'Start again')",
      },
      { file: 'public/settings-view.js', find: "'Hide what is done'", replace: "'Hide finished tasks'" },
      {
        file: 'public/index.html',
        find: 'Everything stays in this browser. Press / to search.',
        replace: 'Your tasks never leave this browser. Press / to search.',
      },
    ],
  },
  {
    id: 'tasks-css-variables',
    app: 'tasks',
    harmless: true,
    kind: 'style sheet',
    description: 'Colours that were written out become variables with the same values.',
    edits: [
      {
        file: 'public/style.css',
        find: ':root {\n',
        replace: ':root {\n  --mist: #dfe9ef;\n  --night: #22313b;\n',
      },
      {
        file: 'public/style.css',
        find: 'background: #dfe9ef;',
        replace: 'background: var(--mist);',
        all: true,
      },
      { file: 'public/style.css', find: 'background: #22313b;', replace: 'background: var(--night);' },
    ],
  },
];
