import { call, escape } from './api.js';
import { loadSettings, say } from './main.js';

export async function settings() {
  const saved = await call('GET', '/settings');
  return (view) => {
    view.innerHTML = `
      <h1>Settings</h1>
      <form id="settings">
        <label>Household <input name="household" value="${escape(saved.household)}"></label>
        <label>Currency <select name="currency">${['€', '$', '£'].map((sign) => `<option${sign === saved.currency ? ' selected' : ''}>${sign}</option>`).join('')}</select></label>
        <label>Week starts on <select name="weekStart">${['Monday', 'Sunday'].map((name) => `<option${name === saved.weekStart ? ' selected' : ''}>${name}</option>`).join('')}</select></label>
        <label>Warn at <input name="warnAt" type="number" min="10" max="100" value="${saved.warnAt}"> percent</label>
        <label class="toggle"><input name="email" type="checkbox" role="switch" ${saved.email ? 'checked' : ''}> Weekly summary by e-mail</label>
        <p class="failed" hidden></p>
        <div class="buttons"><button type="button" id="discard" disabled>Discard</button><button class="main" id="save" disabled>Save</button></div>
      </form>
      <h2>Export</h2>
      <details><summary>What is exported</summary><p>Every transaction with its date, payee, category and amount.</p></details>
      <button id="export">Copy as CSV</button> <span id="exported"></span>`;
    const form = view.querySelector('form');
    const buttons = [view.querySelector('#save'), view.querySelector('#discard')];
    const setDirty = (isDirty) => {
      for (const button of buttons) button.disabled = !isDirty;
    };
    form.addEventListener('input', () => setDirty(true));
    view.querySelector('#discard').addEventListener('click', () => {
      form.reset();
      setDirty(false);
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const failed = form.querySelector('.failed');
      failed.hidden = true;
      try {
        const fields = Object.fromEntries(new FormData(form));
        await call('PUT', '/settings', {
          ...fields,
          warnAt: Number(fields.warnAt),
          email: fields.email === 'on',
        });
        await loadSettings();
        setDirty(false);
        say('Settings saved');
      } catch (error) {
        failed.textContent = error.message;
        failed.hidden = false;
      }
    });
    view.querySelector('#export').addEventListener('click', async () => {
      const list = await call('GET', '/transactions');
      view.querySelector('#exported').textContent = `${list.length} lines are ready to paste.`;
    });
  };
}
