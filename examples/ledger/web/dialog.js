import { escape } from './api.js';

const dialog = document.getElementById('dialog');

/** A form in a dialog. It stays open, and says why, when `save` rejects. */
export function form(title, fields, save) {
  dialog.innerHTML = `
    <form method="dialog">
      <h2>${escape(title)}</h2>
      ${fields}
      <p class="failed" hidden></p>
      <div class="buttons"><button type="button" class="cancel">Cancel</button><button class="main">Save</button></div>
    </form>`;
  const inner = dialog.querySelector('form');
  let isSaving = false;
  inner.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try {
      await save(Object.fromEntries(new FormData(inner)));
      dialog.close();
    } catch (error) {
      const failed = inner.querySelector('.failed');
      failed.textContent = error.message;
      failed.hidden = false;
    } finally {
      isSaving = false;
    }
  });
  inner.querySelector('.cancel').addEventListener('click', () => dialog.close());
  dialog.showModal();
}

/** Resolves with true when the person agrees. */
export function ask(question, yes) {
  dialog.innerHTML = `
    <form method="dialog">
      <p>${escape(question)}</p>
      <div class="buttons"><button value="no">Keep it</button><button value="yes" class="danger">${escape(yes)}</button></div>
    </form>`;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
