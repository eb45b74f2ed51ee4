import { SEED } from './seed.js';

const KEY = 'plainlist';
const DEFAULTS = { name: '', compact: false, hideDone: false };

let state = read();
const listeners = new Set();

function read() {
  const text = localStorage.getItem(KEY);
  const saved = text === null ? {} : JSON.parse(text);
  return {
    tasks: saved.tasks ?? SEED.map((task) => ({ ...task })),
    nextId: saved.nextId ?? SEED.length + 1,
    settings: { ...DEFAULTS, ...saved.settings },
    removed: [],
  };
}

function commit() {
  const { tasks, nextId, settings } = state;
  localStorage.setItem(KEY, JSON.stringify({ tasks, nextId, settings }));
  for (const listener of listeners) listener();
}

export function subscribe(listener) {
  listeners.add(listener);
  window.addEventListener('storage', (event) => {
    if (event.key !== KEY) return;
    state = { ...read(), removed: state.removed };
    listener();
  });
}

export const tasks = () => state.tasks;
export const settings = () => state.settings;
export const find = (id) => state.tasks.find((task) => task.id === id);
export const left = () => state.tasks.filter((task) => !task.done).length;

export function add(title, list) {
  state.tasks = [...state.tasks, { id: state.nextId, title, list, done: false, due: '', notes: '' }];
  state.nextId += 1;
  commit();
}

export function update(id, changes) {
  state.tasks = state.tasks.map((task) => (task.id === id ? { ...task, ...changes } : task));
  commit();
}

export function setAll(done) {
  for (const task of state.tasks) task.done = done;
  commit();
}

/** Takes tasks away and remembers where they were, so that `undo` can put them back. */
export function remove(ids) {
  const removed = [];
  state.tasks.forEach((task, index) => {
    if (ids.includes(task.id)) removed.push({ task, index });
  });
  state.removed = removed;
  state.tasks = state.tasks.filter((task) => !ids.includes(task.id));
  commit();
}

export function undo() {
  const list = [...state.tasks];
  for (const { task, index } of state.removed) list.splice(index, 0, task);
  state.tasks = list;
  state.removed = [];
  commit();
}

export function saveSettings(changes) {
  state.settings = { ...state.settings, ...changes };
  commit();
}

export function restoreSample() {
  localStorage.removeItem(KEY);
  state = read();
  commit();
}
