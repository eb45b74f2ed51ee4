import { call, money } from './api.js';

export async function overview() {
  const summary = await call('GET', '/summary');
  return (view) => {
    const highest = Math.max(...summary.byCategory.map((one) => one.spent), 1);
    view.innerHTML = `
      <h1>April 2026</h1>
      <div class="cards">
        <div class="card"><h2>Income</h2><p>${money(summary.income)}</p></div>
        <div class="card"><h2>Spent</h2><p>${money(summary.spent)}</p></div>
        <div class="card"><h2>Balance</h2><p class="${summary.balance < 0 ? 'minus' : ''}">${money(summary.balance)}</p></div>
        <div class="card"><h2>Not cleared</h2><p>${summary.open} of ${summary.count}</p></div>
      </div>
      <h2>Where it went</h2>
      <div class="chart-box">${chart(summary.byCategory, highest)}</div>
      <button data-tab="transactions" class="main">See all transactions</button>`;
  };
}

function chart(rows, highest) {
  const bars = rows.map(({ category, spent }, index) => {
    const width = Math.round((Math.max(spent, 0) / highest) * 380);
    const y = index * 30;
    return `<text x="0" y="${y + 17}">${category}</text>
      <rect x="100" y="${y + 3}" width="${width}" height="20" rx="3"></rect>
      <text x="${width + 108}" y="${y + 17}">${money(spent)}</text>`;
  });
  return `<svg class="chart" width="620" height="${rows.length * 30}" role="img" aria-label="Spending by category">${bars.join('')}</svg>`;
}
