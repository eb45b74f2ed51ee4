// Comfort for the cart: a quantity that is out of range is put right before it is sent.

for (const input of document.querySelectorAll('.quantity')) {
  input.addEventListener('change', () => {
    const wanted = Math.trunc(Number(input.value));
    input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), wanted)));
  });
}
