import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDate } from '../src/dates.ts';
import { html } from '../src/html.ts';
import { formatMoney } from '../src/money.ts';

await test('escapes what it is given and keeps markup', () => {
  assert.equal(html`<p title="${'"'}">${'<b>'}${html`<i>`}</p>`.markup, '<p title="&quot;">&lt;b&gt;<i></p>');
});

await test('leaves out what is absent and joins lists', () => {
  assert.equal(html`${false}${undefined}${['a', html`<br>`, 3]}`.markup, 'a<br>3');
});

await test('writes amounts and dates as people do', () => {
  assert.equal(formatMoney(1610), '€16.10');
  assert.equal(formatMoney(-5), '−€0.05');
  assert.equal(formatDate('2026-05-04'), '4 May 2026');
});
