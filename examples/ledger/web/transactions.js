import { call, day, escape, money } from './api.js';
import { ask, form } from './dialog.js';
import { say } from './main.js';

const CATEGORIES = ['Groceries', 'Rent', 'Transport', 'Leisure', 'Health', 'Income'];
const filter = { q: '', category: '', open: false };

async function load() {
  const query = new URLSearchParams({ q: filter.q, category: filter.category, open: filter.open ? '1' : '' });
  return call('GET', `/transactions?${query}`);
}

export async function transactions() {
  const first = await load();
  return (view) => {
    view.innerHTML = `
      <h1>Transactions</h1>
      <div class="filters">
        <input type="search" id="q" placeholder="Search payees" value="${escape(filter.q)}">
        <select id="category" aria-label="Category">
          <option value="">All categories</option>
          ${CATEGORIES.map((name) => `<option${name === filter.category ? ' selected' : ''}>${name}</option>`).join('')}
        </select>
        <label><input type="checkbox" id="open" ${filter.open ? 'checked' : ''}> Not cleared only</label>
        <button id="add" class="main">New transaction</button>
      </div>
      <div id="rows"></div>`;
    const rows = view.querySelector('#rows');
    draw(rows, first);
    listen(view, rows);
  };
}

function draw(rows, list) {
  const sum = list.reduce((total, one) => total + one.amount, 0);
  rows.innerHTML = `
    <p class="result">${list.length} transaction${list.length === 1 ? '' : 's'}, ${money(sum)}</p>
    <table>
      <thead><tr><th>Date</th><th>Payee</th><th>Category</th><th>Account</th><th class="amount">Amount</th><th>Cleared</th><th></th></tr></thead>
      <tbody>${list
        .map(
          (one) => `<tr data-id="${one.id}">
            <td>${day(one.date)}</td>
            <td>${escape(one.payee)}</td>
            <td><span class="tag">${one.category}</span></td>
            <td>${escape(one.account)}</td>
            <td class="amount ${one.amount < 0 ? 'minus' : 'plus'}">${money(one.amount)}</td>
            <td><input type="checkbox" class="cleared" aria-label="Cleared: ${escape(one.payee)}" ${one.cleared ? 'checked' : ''}></td>
            <td class="actions"><button class="edit">Edit</button> <button class="delete">Delete</button></td>
          </tr>`,
        )
        .join('')}</tbody>
    </table>
    ${list.length === 0 ? '<p class="empty">No transactions match.</p>' : ''}`;
}

function listen(view, rows) {
  const reload = async () => draw(rows, await load());
  let timer;
  view.querySelector('#q').addEventListener('input', (event) => {
    filter.q = event.target.value;
    clearTimeout(timer);
    timer = setTimeout(reload, 250);
  });
  view.querySelector('#category').addEventListener('change', (event) => {
    filter.category = event.target.value;
    reload();
  });
  view.querySelector('#open').addEventListener('change', (event) => {
    filter.open = event.target.checked;
    reload();
  });
  view.querySelector('#add').addEventListener('click', () => {
    edit(
      { date: '2026-04-24', payee: '', category: 'Groceries', account: 'Giro', amount: 0 },
      async (values) => {
        await call('POST', '/transactions', values);
        say('Transaction added');
        await reload();
      },
    );
  });
  rows.addEventListener('change', async (event) => {
    if (!event.target.matches('.cleared')) return;
    const { id } = event.target.closest('tr').dataset;
    await call('POST', `/transactions/${id}/cleared`, { cleared: event.target.checked });
    await reload();
  });
  rows.addEventListener('click', async (event) => {
    if (!event.target.matches('.edit, .delete')) return;
    const id = Number(event.target.closest('tr').dataset.id);
    const one = (await load()).find((candidate) => candidate.id === id);
    if (event.target.matches('.edit')) {
      edit(one, async (values) => {
        await call('PUT', `/transactions/${id}`, values);
        say('Changes saved');
        await reload();
      });
    } else {
      if (!(await ask(`Delete “${one.payee}” over ${money(one.amount)}?`, 'Delete'))) return;
      await call('DELETE', `/transactions/${id}`);
      say('Transaction deleted');
      await reload();
    }
  });
}

function edit(one, save) {
  const kind = one.amount > 0 ? 'in' : 'out';
  form(
    one.id === undefined ? 'New transaction' : 'Edit transaction',
    `<label>Payee <input name="payee" value="${escape(one.payee)}"></label>
    <label>Amount <input name="amount" inputmode="decimal" value="${one.amount === 0 ? '' : (Math.abs(one.amount) / 100).toFixed(2)}"></label>
    <div class="radios">
      <label><input type="radio" name="kind" value="out" ${kind === 'out' ? 'checked' : ''}> Spent</label>
      <label><input type="radio" name="kind" value="in" ${kind === 'in' ? 'checked' : ''}> Received</label>
    </div>
    <label>Date <input name="date" type="date" value="${one.date}"></label>
    <label>Category <select name="category">${CATEGORIES.map((name) => `<option${name === one.category ? ' selected' : ''}>${name}</option>`).join('')}</select></label>
    <label>Account <select name="account">${['Giro', 'Card', 'Cash'].map((name) => `<option${name === one.account ? ' selected' : ''}>${name}</option>`).join('')}</select></label>`,
    (fields) => {
      const cents = Math.round(Number(fields.amount.replace(',', '.')) * 100);
      return save({ ...fields, amount: fields.kind === 'out' ? -cents : cents });
    },
  );
}
