import { call, money } from './api.js';
import { form } from './dialog.js';
import { say, show } from './main.js';

export async function budgets() {
  const [list, { warnAt }] = await Promise.all([call('GET', '/budgets'), call('GET', '/settings')]);
  const limit = list.reduce((sum, one) => sum + one.limit, 0);
  const spent = list.reduce((sum, one) => sum + one.spent, 0);
  return (view) => {
    view.innerHTML = `
      <h1>Budgets</h1>
      <p class="result">${money(spent)} of ${money(limit)} spent, ${money(limit - spent)} left</p>
      <ul class="budgets">${list.map((one) => row(one, warnAt)).join('')}</ul>`;
    view.querySelector('.budgets').addEventListener('click', (event) => {
      const category = event.target.closest('button')?.dataset.category;
      const one = list.find((candidate) => candidate.category === category);
      if (one !== undefined) change(one);
    });
  };
}

function row({ category, limit, spent }, warnAt) {
  const percent = Math.round((spent / limit) * 100);
  const level = percent > 100 ? 'over' : percent >= warnAt ? 'near' : 'fine';
  return `<li class="budget">
    <h2>${category}</h2>
    <div class="meter ${level}"><div style="width: ${Math.min(percent, 100)}%"></div></div>
    <p>${money(spent)} of ${money(limit)} <span class="percent">${percent}%</span>${level === 'over' ? ' <b>over budget</b>' : ''}</p>
    <button data-category="${category}" aria-label="Change budget for ${category}">Change</button>
  </li>`;
}

function change(budget) {
  form(
    `Budget for ${budget.category}`,
    `<label>Monthly limit <input name="limit" inputmode="decimal" value="${(budget.limit / 100).toFixed(2)}"></label>`,
    async ({ limit }) => {
      await call('PUT', '/budgets', { category: budget.category, limit: Number(limit) * 100 });
      say('Budget changed');
      await show('budgets', false);
    },
  );
}
