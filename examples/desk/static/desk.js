// Comfort only: every form works without this file.

const workForm = document.getElementById('work-form');
if (workForm !== null) {
  workForm.addEventListener('change', () => {
    let sum = 0;
    for (const box of workForm.querySelectorAll('input:checked')) sum += Number(box.dataset.price);
    document.getElementById('estimate').textContent = `£${(sum / 100).toFixed(2)}`;
  });
}

const filter = document.getElementById('filter');
if (filter !== null) {
  filter.elements.state.addEventListener('change', () => filter.requestSubmit());
}

for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });
}

// A page that comes back from the history has its buttons again.
window.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('form[method=post] button')) button.disabled = false;
});
