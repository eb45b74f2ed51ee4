/** A small single-page app: lists, filters, a dialog, routes by hash, local storage, a request and a timer. */
export const TODO_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Todo</title><style>
body { font: 16px sans-serif; max-width: 40em; margin: 2em auto } li { display: flex; gap: 1em; padding: .3em }
[role=dialog] { position: fixed; inset: 20% 25%; background: #fff; border: 1px solid #888; padding: 1em }
.done { text-decoration: line-through }</style></head><body>
<header><h1>Todo</h1><nav><a href="#/">All</a> <a href="#/active">Active</a> <a href="#/done">Done</a></nav></header>
<main></main><script>
const load = () => JSON.parse(localStorage.getItem('todos') || '[{"id":1,"text":"Milk","done":false},{"id":2,"text":"Bread","done":true}]');
let todos = load(), dialog = null, status = '';
const save = () => { localStorage.setItem('todos', JSON.stringify(todos)); draw(); };
const element = (tag, props = {}, ...children) => { const one = Object.assign(document.createElement(tag), props); one.append(...children); return one; };
function draw() {
  const filter = location.hash.slice(2);
  const shown = todos.filter((todo) => filter === '' || (filter === 'done') === todo.done);
  const field = element('input', { id: 'new', placeholder: 'What next?', onkeydown(event) {
    if (event.key === 'Enter' && field.value) { todos.push({ id: todos.length + 1, text: field.value, done: false }); save(); document.getElementById('new').focus(); } } });
  field.setAttribute('aria-label', 'New todo');
  const rows = shown.map((todo) => element('li', {},
    element('label', {}, element('input', { type: 'checkbox', checked: todo.done, onchange() { todo.done = !todo.done; save(); } }), ' ' + todo.text),
    element('button', { onclick() { dialog = todo; draw(); } }, 'Details'),
    element('button', { onclick() { todos = todos.filter((one) => one !== todo); save(); } }, 'Remove')));
  const main = document.querySelector('main');
  main.replaceChildren(field, element('ul', {}, ...rows), element('p', {}, shown.length + ' of ' + todos.length),
    element('button', { onclick() { status = 'Loading'; draw(); fetch('/tip').then((answer) => answer.text()).then((text) => { status = text; draw(); }); } }, 'Tip'),
    element('button', { onclick() { status = 'Saved'; draw(); setTimeout(() => { status = ''; draw(); }, 300); } }, 'Save'),
    element('p', {}, status));
  if (dialog) { const box = element('div', {}, element('h2', {}, dialog.text), element('button', { onclick() { dialog = null; draw(); } }, 'Close'));
    box.setAttribute('role', 'dialog'); box.setAttribute('aria-label', 'Details of ' + dialog.text); main.append(box); }
}
addEventListener('hashchange', draw); draw();</script></body></html>`;
