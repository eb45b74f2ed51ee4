/** What came from the server. */
export const state = {
  isReady: false,
  columns: [],
  people: [],
  labels: [],
  cards: [],
  details: {},
  activity: [],
  hasMore: true,
};

/** What is open, marked, or half typed. */
export const ui = {
  open: null,
  editing: null,
  drafts: {},
  selected: new Set(),
  modal: null,
  toasts: [],
  months: {},
};

const DEFAULTS = { theme: 'light', compact: false, points: true, confirm: false, sunday: false };

export const settings = { ...DEFAULTS, ...JSON.parse(localStorage.getItem('plotline.settings') ?? '{}') };

export function saveSetting(name, value) {
  settings[name] = value;
  localStorage.setItem('plotline.settings', JSON.stringify(settings));
  document.documentElement.dataset.theme = settings.theme;
  redraw();
}

let draw = () => {};

export function onChange(listener) {
  draw = listener;
}

export function redraw() {
  draw();
}

export async function api(method, path, body) {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const value = await response.json();
  if (!response.ok) throw new Error(value.message);
  return value;
}

let toastNumber = 0;

export function toast(text, options = {}) {
  const id = ++toastNumber;
  ui.toasts = [...ui.toasts.slice(-2), { id, text, ...options }];
  setTimeout(() => dismiss(id), 5000);
  redraw();
}

export function dismiss(id) {
  ui.toasts = ui.toasts.filter((one) => one.id !== id);
  redraw();
}

export function cardOf(id) {
  return state.cards.find((card) => card.id === id);
}

function merge(changed) {
  for (const fresh of changed) {
    const known = cardOf(fresh.id);
    if (known === undefined) state.cards.push(fresh);
    else Object.assign(known, fresh);
  }
  redraw();
}

const undoStack = [];

/** Changes cards at once on the page, then on the server; takes the change back when the server refuses. */
export async function change(ids, fields, words) {
  const before = ids.map((id) => {
    const card = cardOf(id);
    return { id, fields: Object.fromEntries(Object.keys(fields).map((name) => [name, card[name]])) };
  });
  for (const id of ids) Object.assign(cardOf(id), fields);
  redraw();
  try {
    const { cards } = await api('POST', '/cards/change', { ids, fields });
    merge(cards);
  } catch (error) {
    for (const one of before) Object.assign(cardOf(one.id), one.fields);
    toast(error.message, { isError: true });
    return;
  }
  if (words === undefined) return;
  undoStack.push(before);
  toast(words, { canUndo: true });
}

export async function undo() {
  const before = undoStack.pop();
  if (before === undefined) return toast('Nothing to undo');
  for (const { id, fields } of before) await change([id], fields);
  toast('Undone');
}

export function moveCard(id, column, beforeId) {
  const card = cardOf(id);
  const others = cardsIn(column).filter((one) => one.id !== id);
  const index = others.findIndex((one) => one.id === beforeId);
  const last = others.at(-1)?.position ?? 0;
  const position =
    index === -1
      ? last + 1
      : (others[index].position + (others[index - 1]?.position ?? others[index].position - 2)) / 2;
  if (card.column === column && beforeId === undefined) return;
  const { name } = state.columns.find((one) => one.id === column);
  return change([id], { column, position }, `Moved to ${name}`);
}

export async function archive(ids) {
  if (settings.confirm && !confirm(`Archive ${ids.length === 1 ? 'this card' : `${ids.length} cards`}?`))
    return;
  await change(ids, { archived: true }, ids.length === 1 ? 'Card archived' : `${ids.length} cards archived`);
}

export function liveCards() {
  return state.cards.filter((card) => !card.archived);
}

export function cardsIn(column) {
  return liveCards()
    .filter((card) => card.column === column)
    .sort((a, b) => a.position - b.position);
}

export async function createCard(fields) {
  const { cards } = await api('POST', '/cards', fields);
  merge(cards);
  toast(`“${fields.title}” added`);
}

export async function loadBoard() {
  Object.assign(state, await api('GET', '/board'), { isReady: true });
  redraw();
}

export async function loadDetails(id) {
  try {
    state.details[id] = await api('GET', `/cards/${id}`);
  } catch (error) {
    state.details[id] = { error: error.message };
  }
  redraw();
}

export async function saveDetails(id, fields) {
  Object.assign(state.details[id], fields);
  await change([id], fields);
}

export async function sendComment(id, text) {
  state.details[id] = await api('POST', `/cards/${id}/comments`, { text });
  cardOf(id).replies = state.details[id].comments.length;
  redraw();
}

let isLoading = false;

export function resetActivity() {
  state.activity = [];
  state.hasMore = true;
  isLoading = false;
}

export async function loadActivity() {
  if (isLoading || !state.hasMore) return;
  isLoading = true;
  const list = state.activity;
  const last = list.at(-1);
  const { entries, hasMore } = await api('GET', `/activity${last === undefined ? '' : `?before=${last.id}`}`);
  // The page may have been left and opened again meanwhile.
  if (list !== state.activity) return;
  list.push(...entries);
  state.hasMore = hasMore;
  isLoading = false;
  redraw();
}
