import { type Address, COUNTRIES } from '../accounts.ts';
import { type Html, html } from '../html.ts';

const FIELDS = [
  { field: 'name', label: 'Name', autocomplete: 'name' },
  { field: 'street', label: 'Street', autocomplete: 'street-address' },
  { field: 'postcode', label: 'Postcode', autocomplete: 'postal-code' },
  { field: 'city', label: 'City', autocomplete: 'address-level2' },
] as const;

/** The fields of an address; those in `missing` are marked as such. */
export function addressFields(address: Address, missing: readonly string[]): Html {
  return html`${FIELDS.map(({ field, label, autocomplete }) => {
    const isMissing = missing.includes(field);
    return html`<div class="field">
      <label for="${field}">${label}</label>
      <input id="${field}" name="${field}" value="${address[field]}" autocomplete="${autocomplete}" ${isMissing && html`aria-invalid="true" aria-describedby="${field}-error"`}>
      ${isMissing && html`<p class="field-error" id="${field}-error">We cannot deliver without it.</p>`}
    </div>`;
  })}
  <div class="field">
    <label for="country">Country</label>
    <select id="country" name="country" autocomplete="country-name">
      ${COUNTRIES.map(
        (country) => html`<option${country === address.country && html` selected`}>${country}</option>`,
      )}
    </select>
  </div>`;
}

export function addressLines(address: Address): Html {
  const { name, street, postcode, city, country } = address;
  return html`<address>${name}<br>${street}<br>${postcode} ${city}<br>${country}</address>`;
}
