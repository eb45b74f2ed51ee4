import { h } from './h.js';
import { navigate } from './router.js';
import { api, redraw, state } from './store.js';

const search = { text: '', results: null, marked: 0 };
let timer;
let asked = 0;

async function ask() {
  const mine = ++asked;
  const results = await api('GET', `/search?q=${encodeURIComponent(search.text.trim())}`);
  if (mine !== asked) return;
  Object.assign(search, { results, marked: 0 });
  redraw();
}

function type(text) {
  search.text = text;
  clearTimeout(timer);
  if (text.trim() === '') {
    asked += 1;
    search.results = null;
  } else timer = setTimeout(ask, 250);
  redraw();
}

function open(card) {
  type('');
  navigate(`/card/${card.id}`);
}

export function Search() {
  const { text, results, marked } = search;
  const onKeydown = (event) => {
    const last = (results?.length ?? 0) - 1;
    if (event.key === 'ArrowDown') search.marked = Math.min(last, marked + 1);
    else if (event.key === 'ArrowUp') search.marked = Math.max(0, marked - 1);
    else if (event.key === 'Enter' && results?.[marked]) open(results[marked]);
    else if (event.key === 'Escape') type('');
    else return;
    event.preventDefault();
    redraw();
  };
  return h(
    'div',
    { class: 'search' },
    h('input', {
      placeholder: 'Search cards',
      value: text,
      onInput: (event) => type(event.target.value),
      onKeydown,
    }),
    text.trim() !== '' &&
      results !== null &&
      h(
        'div',
        { class: 'results' },
        results.map((card, index) =>
          h(
            'div',
            { class: `result${index === marked ? ' is-marked' : ''}`, onClick: () => open(card) },
            card.title,
            h('small', {}, state.columns.find(({ id }) => id === card.column).name),
          ),
        ),
        results.length === 0 && h('div', { class: 'nothing' }, `Nothing for “${text.trim()}”`),
      ),
  );
}
