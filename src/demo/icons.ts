import { type Html, html } from './html.ts';

const frame = (colour: string, shapes: Html): Html =>
  html`<svg class="icon ${colour}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shapes}</svg>`;

const stroke = (path: string): Html =>
  html`<path d="${path}" fill="none" stroke="var(--page)" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`;

const DISC = html`<circle cx="8" cy="8" r="7" fill="currentColor"/>`;

/** The states of a check run, drawn so that they differ in shape as well as in colour. */
export const CHECK_ICONS = {
  success: frame('good', html`${DISC}${stroke('M4.8 8.3l2.2 2.2 4.3-4.6')}`),
  failure: frame('bad', html`${DISC}${stroke('M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2')}`),
  neutral: frame(
    'quiet',
    html`<rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor"/>${stroke('M4.8 8h6.4')}`,
  ),
  running: frame(
    'busy',
    html`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="26 12"/>`,
  ),
} as const;

export const PULL_REQUEST_ICON = html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.6"><circle cx="4" cy="3.4" r="1.7"/><circle cx="4" cy="12.6" r="1.7"/>
  <circle cx="12" cy="12.6" r="1.7"/><path d="M4 5.1v5.8M12 10.9V6.2a2.6 2.6 0 0 0-2.6-2.6H7.6M9.4 1.6 7.4 3.6l2 2"/></g></svg>`;

export const COMMIT_ICON = html`<svg class="icon quiet" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.6"><path d="M0 8h5M11 8h5"/><circle cx="8" cy="8" r="3"/></g></svg>`;

export const REVIEW_ICON = html`<svg class="icon quiet" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.5"><path d="M1 8c3.4-6.4 10.6-6.4 14 0-3.4 6.4-10.6 6.4-14 0z"/><circle cx="8" cy="8" r="2"/></g></svg>`;
