import { h } from './h.js';
import { dismiss, redraw, settings, ui, undo } from './store.js';

export function toggle(id) {
  ui.open = ui.open === id ? null : id;
  redraw();
}

export function close() {
  ui.open = null;
  ui.modal = null;
  redraw();
}

const focus = (element) => queueMicrotask(() => element.focus());

/** A dropdown. `options` have `value` and `name`. */
export function Select({ id, value, options, onPick }) {
  const isOpen = ui.open === id;
  const step = (by) => {
    const index = options.findIndex((option) => option.value === value);
    const next = options[Math.min(options.length - 1, Math.max(0, index + by))];
    onPick(next.value);
    redraw();
  };
  const onKeydown = (event) => {
    if (event.key === 'Enter' || event.key === ' ') toggle(id);
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else return;
    event.preventDefault();
  };
  return h(
    'div',
    { class: `select${isOpen ? ' is-open' : ''}`, 'data-name': id },
    h(
      'div',
      {
        class: 'select-value',
        tabindex: 0,
        onClick: () => toggle(id),
        onKeydown,
        onFocusout: () => isOpen && toggle(id),
      },
      options.find((option) => option.value === value)?.name ?? 'Choose…',
    ),
    isOpen &&
      h(
        'div',
        // The list must not take the focus, or it closes before the click arrives.
        { class: 'select-list', onMousedown: (event) => event.preventDefault() },
        options.map((option) =>
          h(
            'div',
            {
              class: `select-option${option.value === value ? ' is-chosen' : ''}`,
              onClick: () => {
                ui.open = null;
                onPick(option.value);
                redraw();
              },
            },
            option.name,
          ),
        ),
      ),
  );
}

export const pad = (number) => String(number).padStart(2, '0');

export function shortDate(day) {
  const [, month, date] = day.split('-').map(Number);
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${date} ${names[month - 1]}`;
}

export function today() {
  return new Date().toISOString().slice(0, 10);
}

/** A calendar that drops down. `value` is a day like 2026-01-31, or null. */
export function DatePicker({ id, value, onPick }) {
  const isOpen = ui.open === id;
  const shown = ui.months[id] ?? (value ?? today()).slice(0, 7);
  const [year, month] = shown.split('-').map(Number);
  const turn = (by) => {
    const first = new Date(Date.UTC(year, month - 1 + by, 1));
    ui.months[id] = first.toISOString().slice(0, 7);
    redraw();
  };
  const pick = (day) => {
    ui.open = null;
    delete ui.months[id];
    onPick(day);
    redraw();
  };
  const weekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const blanks = settings.sunday ? weekday : (weekday + 6) % 7;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const days = Array.from({ length }, (_, index) => `${shown}-${pad(index + 1)}`);
  return h(
    'div',
    { class: 'datepicker', 'data-pop': true },
    h(
      'div',
      { class: 'select-value', tabindex: 0, onClick: () => toggle(id) },
      value === null ? 'No date' : shortDate(value),
    ),
    isOpen &&
      h(
        'div',
        { class: 'calendar' },
        h(
          'div',
          { class: 'calendar-head' },
          h('span', { class: 'step', onClick: () => turn(-1) }, '‹'),
          h('b', {}, `${shortDate(`${shown}-01`).slice(2)} ${year}`),
          h('span', { class: 'step', onClick: () => turn(1) }, '›'),
        ),
        h(
          'div',
          { class: 'calendar-grid' },
          (settings.sunday ? 'S M T W T F S' : 'M T W T F S S').split(' ').map((name) => h('i', {}, name)),
          Array.from({ length: blanks }, () => h('u', {})),
          days.map((day, index) =>
            h(
              'span',
              {
                class: `day${day === value ? ' is-chosen' : ''}${day === today() ? ' is-today' : ''}`,
                onClick: () => pick(day),
              },
              index + 1,
            ),
          ),
        ),
        value !== null && h('div', { class: 'calendar-clear', onClick: () => pick(null) }, 'Clear date'),
      ),
  );
}

/** Text that becomes a field when it is clicked. */
export function Editable({ id, value, empty, lines, onSave }) {
  if (ui.editing !== id) {
    const edit = () => {
      ui.editing = id;
      redraw();
    };
    return h(
      'div',
      { class: `editable${value === '' ? ' is-empty' : ''}`, key: 'text', onClick: edit },
      value === '' ? empty : value,
    );
  }
  const leave = () => {
    ui.editing = null;
    redraw();
  };
  const save = (event) => {
    // Leaving with Enter or Escape takes the field away, and that is a loss of focus, too.
    if (ui.editing !== id) return;
    leave();
    const text = event.target.value.trim();
    if (text !== value) onSave(text);
  };
  return h(lines ? 'textarea' : 'input', {
    class: 'editable-field',
    key: 'field',
    rows: lines,
    value,
    ref: (element) => focus(element),
    onKeydown: (event) => {
      if (event.key === 'Enter' && !lines) save(event);
      else if (event.key === 'Escape') leave();
      else return;
      event.stopPropagation();
    },
    onFocusout: save,
  });
}

export function Switch({ isOn, onFlip }) {
  return h(
    'span',
    { class: `switch${isOn ? ' is-on' : ''}`, tabindex: 0, onClick: () => onFlip(!isOn) },
    h('i', {}),
  );
}

export function Accordion({ id, title, children }) {
  const isOpen = ui.open === id;
  return h(
    'div',
    { class: `accordion${isOpen ? ' is-open' : ''}`, 'data-pop': true },
    h(
      'div',
      { class: 'accordion-head', onClick: () => toggle(id) },
      title,
      h('span', {}, isOpen ? '−' : '+'),
    ),
    isOpen && h('div', { class: 'accordion-body' }, children),
  );
}

export function Modal({ title, children }) {
  return h(
    'div',
    { class: 'backdrop', onClick: (event) => event.target.className === 'backdrop' && close() },
    h(
      'div',
      { class: 'modal' },
      h(
        'div',
        { class: 'modal-head' },
        h('h2', {}, title),
        h('span', { class: 'icon', onClick: close }, '✕'),
      ),
      children,
    ),
  );
}

export function Toasts() {
  return h(
    'div',
    { class: 'toasts' },
    ui.toasts.map((one) =>
      h(
        'div',
        { key: one.id, class: `toast${one.isError ? ' is-error' : ''}` },
        h('span', {}, one.text),
        one.canUndo &&
          h(
            'button',
            {
              onClick: () => {
                dismiss(one.id);
                undo();
              },
            },
            'Undo',
          ),
        h('span', { class: 'icon', onClick: () => dismiss(one.id) }, '✕'),
      ),
    ),
  );
}

export function Avatar({ person }) {
  if (person === undefined) return h('span', { class: 'avatar is-nobody', 'data-tip': 'Nobody yet' }, '?');
  const initials = person.name.replace(/[^A-Z]/g, '');
  return h(
    'span',
    { class: 'avatar', style: `background:${person.tone}`, 'data-tip': person.name },
    initials,
  );
}

export function ago(at) {
  const minutes = Math.floor((Date.now() - Date.parse(at)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}

document.addEventListener('click', (event) => {
  if (ui.open === null || ui.open.startsWith('select') || !event.target.isConnected) return;
  if (!event.target.closest('[data-pop]')) close();
});
