import type { Variant } from './variant.ts';

export const BOARD_VARIANTS: readonly Variant[] = [
  {
    id: 'board-comment-form-missing',
    app: 'board',
    harmless: false,
    family: 'missing element',
    description: 'The empty state returns early, and the form stood below it.',
    sees: 'The comments of a card without any have no field to write the first one.',
    edits: [
      {
        file: 'web/drawer.js',
        find: "    details.comments.length === 0 && h('p', { class: 'nothing' }, 'No comments yet. Be the first.'),\n",
        replace: '',
      },
      {
        file: 'web/drawer.js',
        find: "  return h(\n    'div',\n    { class: 'tab-body', key: 'comments' },\n",
        replace:
          "  if (details.comments.length === 0) return h('p', { class: 'nothing' }, 'No comments yet. Be the first.');\n  return h(\n    'div',\n    { class: 'tab-body', key: 'comments' },\n",
      },
    ],
  },
  {
    id: 'board-clear-filters-missing',
    app: 'board',
    harmless: false,
    family: 'missing element',
    description: 'Filters are counted by what the address holds, as if the order were always in it.',
    sees: 'With one label chosen on the board there is no “Clear filters”.',
    edits: [
      {
        file: 'web/board.js',
        find: '(label !== null || who !== null) && h(',
        replace: 'query.size > 1 && h(',
      },
    ],
  },
  {
    id: 'board-option-dead',
    app: 'board',
    harmless: false,
    family: 'no response',
    description: 'A handler that seemed to do nothing was removed from the list of a dropdown.',
    sees: 'Pressing an option closes the dropdown and nothing is chosen; only the arrow keys still work.',
    edits: [
      {
        file: 'web/ui.js',
        find: "        // The list must not take the focus, or it closes before the click arrives.\n        { class: 'select-list', onMousedown: (event) => event.preventDefault() },",
        replace: "        { class: 'select-list' },",
      },
    ],
  },
  {
    id: 'board-feed-stops',
    app: 'board',
    harmless: false,
    family: 'no response',
    description: 'The mark for “loading” is taken away in one place only, and it is the wrong one.',
    sees: 'The activity shows twelve entries and “Loading…”; scrolling loads no more.',
    edits: [
      {
        file: 'web/store.js',
        find: '  state.hasMore = hasMore;\n  isLoading = false;\n',
        replace: '  state.hasMore = hasMore;\n',
      },
    ],
  },
  {
    id: 'board-search-mark-stays',
    app: 'board',
    harmless: false,
    family: 'no response',
    description: 'New results no longer put the mark back to the first, so that it would not jump.',
    sees: 'Search for “the”, go down three results, type “ price”: nothing is marked, and Enter does nothing.',
    edits: [
      {
        file: 'web/search.js',
        find: 'Object.assign(search, { results, marked: 0 });',
        replace: 'search.results = results;',
      },
    ],
  },
  {
    id: 'board-close-leaves-list',
    app: 'board',
    harmless: false,
    family: 'wrong navigation',
    description: 'The path is compared as a whole, and that of an open card is longer.',
    sees: 'Closing a card that was opened from the list leads to the board.',
    edits: [
      {
        file: 'web/router.js',
        find: "keepFilters(here().path.startsWith('/list') ? '/list' : '/')",
        replace: "keepFilters(here().path === '/list' ? '/list' : '/')",
      },
    ],
  },
  {
    id: 'board-filter-leaves-list',
    app: 'board',
    harmless: false,
    family: 'wrong navigation',
    description: 'The address of a filter is put together without the path.',
    sees: 'In the list, choosing a label or an order leads to the board.',
    edits: [
      {
        file: 'web/router.js',
        find: "navigate(text === '' ? path : `${path}?${text}`)",
        replace: "navigate(text === '' ? path : `/?${text}`)",
      },
    ],
  },
  {
    id: 'board-picker-other-month',
    app: 'board',
    harmless: false,
    family: 'wrong result',
    description: 'The day that is picked takes its month from the date so far, not from what is shown.',
    sees: 'Turning the calendar to the next month and picking the 12th sets the 12th of the month before.',
    edits: [
      {
        file: 'web/ui.js',
        find: 'onClick: () => pick(day),',
        replace: 'onClick: () => pick(`${(value ?? today()).slice(0, 7)}-${pad(index + 1)}`),',
      },
    ],
  },
  {
    id: 'board-points-joined',
    app: 'board',
    harmless: false,
    family: 'wrong result',
    description: 'The values of all dropdowns become texts, the points of a card among them.',
    sees: 'After the points of a card were changed, the sum of its column is a number of nine digits.',
    edits: [
      {
        file: 'web/drawer.js',
        find: '[1, 2, 3, 5, 8].map((value) => ({ value, name: `${value}` }))',
        replace: "['1', '2', '3', '5', '8'].map((value) => ({ value, name: value }))",
      },
      {
        file: 'web/ui.js',
        find: 'options.find((option) => option.value === value)?.name',
        replace: 'options.find((option) => option.value === String(value))?.name',
      },
      {
        file: 'web/ui.js',
        find: 'options.findIndex((option) => option.value === value)',
        replace: 'options.findIndex((option) => option.value === String(value))',
      },
      {
        file: 'web/ui.js',
        find: "option.value === value ? ' is-chosen'",
        replace: "option.value === String(value) ? ' is-chosen'",
      },
    ],
  },
  {
    id: 'board-undo-same-object',
    app: 'board',
    harmless: false,
    family: 'cross-flow state',
    description: 'The card itself is kept for undoing, not what it was.',
    sees: 'Move a card, press “Undo”: it says “Undone”, and the card stays where it is.',
    edits: [
      {
        file: 'web/store.js',
        find: 'fields: Object.fromEntries(Object.keys(fields).map((name) => [name, card[name]])) };',
        replace: 'fields: card };',
      },
    ],
  },
  {
    id: 'board-comment-follows',
    app: 'board',
    harmless: false,
    family: 'cross-flow state',
    description: 'Drafts are kept by kind, no longer by card.',
    sees: 'A comment that was begun on one card and not sent stands in the field of the next card.',
    edits: [
      {
        file: 'web/drawer.js',
        find: 'const draft = `comment-${card.id}`;',
        replace: "const draft = 'comment';",
      },
    ],
  },
  {
    id: 'board-selection-hidden',
    app: 'board',
    harmless: false,
    family: 'cross-flow state',
    description: 'A filter no longer takes the selection away, which looked like a side effect.',
    sees: 'Select two rows, choose a label that they do not have: “2 selected”, and “Archive” takes cards nobody sees.',
    edits: [{ file: 'web/router.js', find: '  ui.selected = new Set();\n', replace: '' }],
  },
  {
    id: 'board-full-column-stays',
    app: 'board',
    harmless: false,
    family: 'cross-flow state',
    description: 'The change that was refused is taken back on a copy of the card.',
    sees: 'Move two cards to “Review”: the second is refused, but stays there (7/6) until the page is loaded again.',
    edits: [
      {
        file: 'web/store.js',
        find: 'for (const one of before) Object.assign(cardOf(one.id), one.fields);',
        replace: 'for (const one of before) Object.assign({ ...cardOf(one.id) }, one.fields);',
      },
    ],
  },
  {
    id: 'board-new-card-remembers',
    app: 'board',
    harmless: false,
    family: 'cross-flow state',
    description: 'What a new card begins with became a constant, which the form writes into.',
    sees: 'After a card was added, “New card” opens with the title of that card.',
    edits: [
      {
        file: 'web/main.js',
        find: "    fields: { title: '', column: 'ideas', assignee: '', priority: 'medium', due: null, points: 1 },",
        replace: '    fields: EMPTY,',
      },
      {
        file: 'web/main.js',
        find: 'function openNew() {',
        replace:
          "const EMPTY = { title: '', column: 'ideas', assignee: '', priority: 'medium', due: null, points: 1 };\n\nfunction openNew() {",
      },
    ],
  },
  {
    id: 'board-menu-clipped',
    app: 'board',
    harmless: false,
    family: 'visual',
    description: 'Long titles must not stick out of a card, so it hides what does.',
    sees: 'The menu of a card is cut off at its edge: one entry is to be seen.',
    edits: [
      {
        file: 'web/app.css',
        find: '.card {\n  position: relative;\n',
        replace: '.card {\n  position: relative;\n  overflow: hidden;\n',
      },
    ],
  },
  {
    id: 'board-dark-drawer',
    app: 'board',
    harmless: false,
    family: 'visual',
    description:
      'The card beside the board gets its colour by name, and the name is that of the light theme.',
    sees: 'In the dark theme an open card has white writing on white.',
    edits: [
      {
        file: 'web/app.css',
        find: '  padding: 20px 24px;\n  background: var(--panel);\n  border-left',
        replace: '  padding: 20px 24px;\n  background: #fff;\n  border-left',
      },
    ],
  },
  {
    id: 'board-rename-twice',
    app: 'board',
    harmless: false,
    family: 'console/network',
    description: 'Enter leaves the field, and leaving the field saves, but so does Enter.',
    sees: 'A title changed with Enter is sent twice, and the activity has it twice.',
    edits: [
      {
        file: 'web/ui.js',
        find: '    // Leaving with Enter or Escape takes the field away, and that is a loss of focus, too.\n    if (ui.editing !== id) return;\n    leave();\n    const text = event.target.value.trim();\n    if (text !== value) onSave(text);\n',
        replace:
          '    const text = event.target.value.trim();\n    if (text !== value) onSave(text);\n    leave();\n',
      },
      {
        file: 'web/ui.js',
        find: "if (event.key === 'Enter' && !lines) save(event);\n",
        replace:
          "if (event.key === 'Enter' && !lines) {\n        save(event);\n        event.target.blur();\n      }\n",
      },
      {
        file: 'web/ui.js',
        find: "else if (event.key === 'Escape') leave();",
        replace: "if (event.key === 'Escape') leave();",
      },
    ],
  },
  {
    id: 'board-archived-asked-for',
    app: 'board',
    harmless: false,
    family: 'console/network',
    description: 'After each change the card is read again, to show when it was updated.',
    sees: 'Archiving a card asks the server for it and gets a 404.',
    edits: [
      {
        file: 'web/store.js',
        find: '    merge(cards);\n  } catch (error) {\n    for',
        replace:
          '    merge(cards);\n    await Promise.all(ids.map((id) => loadDetails(id)));\n  } catch (error) {\n    for',
      },
    ],
  },
  {
    id: 'board-relative-assets',
    app: 'board',
    harmless: false,
    family: 'environment',
    description: 'Script and style sheet are found beside the page, so that it can stand in a folder.',
    sees: 'The address of a card, opened directly or loaded again, shows “Loading…” for ever.',
    edits: [
      { file: 'web/index.html', find: 'href="/app.css"', replace: 'href="app.css"' },
      { file: 'web/index.html', find: 'src="/main.js"', replace: 'src="main.js"' },
    ],
  },
  {
    id: 'board-search-elsewhere',
    app: 'board',
    harmless: false,
    family: 'environment',
    description: 'Search goes to a service of its own, but for the machine of the author.',
    sees: 'Searching shows no results; the request to another host fails.',
    edits: [
      {
        file: 'web/search.js',
        find: "const results = await api('GET', `/search?q=${encodeURIComponent(search.text.trim())}`);",
        replace:
          'const response = await fetch(`${SERVICE}/search?q=${encodeURIComponent(search.text.trim())}`);\n  const results = await response.json();',
      },
      {
        file: 'web/search.js',
        find: "import { api, redraw, state } from './store.js';\n",
        replace:
          "import { redraw, state } from './store.js';\n\nconst SERVICE = location.hostname === 'localhost' ? '/api' : 'http://localhost:8081/api';\n",
      },
    ],
  },
  {
    id: 'board-card-in-parts',
    app: 'board',
    harmless: true,
    kind: 'refactoring',
    description: 'The foot and the labels of a card become functions of their own, and the tile an article.',
    edits: [
      {
        file: 'web/board.js',
        find: "    h(\n      'div',\n      { class: 'card-foot' },\n      Avatar({ person: state.people.find(({ id }) => id === card.assignee) }),\n      card.due !== null && h('span', { class: `due${isLate ? ' is-late' : ''}` }, shortDate(card.due)),\n      card.todo > 0 && h('span', { class: 'progress' }, `☑ ${card.done}/${card.todo}`),\n      card.replies > 0 && h('span', { class: 'replies' }, `✉ ${card.replies}`),\n      settings.points && h('span', { class: 'pts' }, card.points),\n    ),\n",
        replace: '    CardFoot({ card }),\n',
      },
      {
        file: 'web/board.js',
        find: "  const isLate = card.due !== null && card.due < today() && card.column !== 'published';\n  return h(\n    'div',\n",
        replace: "  return h(\n    'article',\n",
      },
      {
        file: 'web/board.js',
        find: "function MenuItem(text, act, extra = '') {",
        replace:
          "function CardFoot({ card }) {\n  const { assignee, column, done, due, points, replies, todo } = card;\n  const isLate = due !== null && due < today() && column !== 'published';\n  const person = state.people.find(({ id }) => id === assignee);\n  return h(\n    'div',\n    { class: 'card-foot' },\n    Avatar({ person }),\n    due !== null && h('span', { class: `due${isLate ? ' is-late' : ''}` }, shortDate(due)),\n    todo > 0 && h('span', { class: 'progress' }, `☑ ${done}/${todo}`),\n    replies > 0 && h('span', { class: 'replies' }, `✉ ${replies}`),\n    settings.points && h('span', { class: 'pts' }, points),\n  );\n}\n\nfunction MenuItem(text, act, extra = '') {",
      },
    ],
  },
  {
    id: 'board-classes-renamed',
    app: 'board',
    harmless: true,
    kind: 'renamed classes',
    description: 'Chips, icons and dropdowns get new class names, in scripts and style sheet.',
    edits: [
      { file: 'web/board.js', find: '`chip label', replace: '`pill label' },
      { file: 'web/drawer.js', find: '`chip label', replace: '`pill label' },
      { file: 'web/app.css', find: '.chip', replace: '.pill', all: true },
      { file: 'web/ui.js', find: "'select-value'", replace: "'dropdown-value'", all: true },
      { file: 'web/ui.js', find: "'select-list'", replace: "'dropdown-list'" },
      { file: 'web/ui.js', find: '`select-option', replace: '`dropdown-option' },
      { file: 'web/app.css', find: '.select-', replace: '.dropdown-', all: true },
    ],
  },
  {
    id: 'board-wording',
    app: 'board',
    harmless: true,
    kind: 'copy change',
    description: 'Buttons and empty places say it in other words.',
    edits: [
      { file: 'web/board.js', find: "'Clear filters'", replace: "'Remove filters'" },
      { file: 'web/board.js', find: "'+ Add card'", replace: "'+ Add a card'" },
      { file: 'web/drawer.js', find: 'No comments yet. Be the first.', replace: 'Nobody has written yet.' },
      { file: 'web/pages.js', find: 'That is everything.', replace: 'You have reached the beginning.' },
      { file: 'web/pages.js', find: 'Fit more cards on the screen.', replace: 'More cards on one screen.' },
    ],
  },
  {
    id: 'board-team-page',
    app: 'board',
    harmless: true,
    kind: 'new page',
    description: 'A page with the people of the team, and a link to it at the top.',
    edits: [
      {
        file: 'web/main.js',
        find: "'/settings': 'Settings' };",
        replace: "'/team': 'Team', '/settings': 'Settings' };",
      },
      {
        file: 'web/main.js',
        find: "  if (path === '/settings') return Settings();\n",
        replace: "  if (path === '/team') return Team();\n  if (path === '/settings') return Settings();\n",
      },
      {
        file: 'web/main.js',
        find: "import { close, Toasts } from './ui.js';",
        replace: "import { Team } from './team.js';\nimport { close, Toasts } from './ui.js';",
      },
    ],
    adds: {
      'web/team.js':
        "import { h } from './h.js';\nimport { liveCards, state } from './store.js';\nimport { Avatar } from './ui.js';\n\nexport function Team() {\n  const count = (id) => liveCards().filter((card) => card.assignee === id).length;\n  return h(\n    'div',\n    { class: 'page narrow' },\n    h('h1', {}, 'Team'),\n    state.people.map((person) =>\n      h(\n        'div',\n        { class: 'entry', key: person.id },\n        Avatar({ person }),\n        h('b', {}, person.name),\n        h('a', { href: `/list?who=${person.id}` }, `${count(person.id)} cards`),\n      ),\n    ),\n  );\n}\n",
    },
  },
  {
    id: 'board-attributes-in-order',
    app: 'board',
    harmless: true,
    kind: 'reordered attributes',
    description: 'Attributes stand in the order of the style guide, and the search has a type.',
    edits: [
      {
        file: 'web/board.js',
        find: "      class: `card priority-${card.priority}`,\n      key: card.id,\n      draggable: 'true',\n      'data-id': card.id,\n",
        replace:
          "      key: card.id,\n      'data-id': card.id,\n      draggable: 'true',\n      class: `priority-${card.priority} card`,\n",
      },
      {
        file: 'web/main.js',
        find: "{ src: '/mark.svg', alt: '', width: 22, height: 22 }",
        replace: "{ width: 22, height: 22, alt: '', src: '/mark.svg' }",
      },
      {
        file: 'web/search.js',
        find: "{ class: 'search' },\n    h('input', {",
        replace: "{ class: 'search' },\n    h('input', {\n      type: 'text',\n      autocomplete: 'off',",
      },
      {
        file: 'web/index.html',
        find: '<link rel="icon" type="image/svg+xml" href="/mark.svg" />',
        replace: '<link href="/mark.svg" rel="icon" type="image/svg+xml" />',
      },
    ],
  },
];
