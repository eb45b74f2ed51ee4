// Comfort for the address form: spaces around what was typed or pasted are taken away.

const form = document.querySelector('.address-form');

for (const field of form.querySelectorAll('input')) {
  field.addEventListener('change', () => {
    field.value = field.value.trim();
  });
}
