/** Calls the server; rejects with the server's own words. */
export async function call(method, path, body) {
  const response = await fetch(`/api${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

let currency = '€';

export function useCurrency(sign) {
  currency = sign;
}

export function money(cents) {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(cents) / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${currency}${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

export function day(date) {
  const [year, month, number] = date.split('-');
  return `${number}/${month}/${year}`;
}

export function escape(text) {
  const box = document.createElement('i');
  box.textContent = text;
  return box.innerHTML.replaceAll('"', '&quot;');
}
