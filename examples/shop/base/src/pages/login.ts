import { DEMO_ACCOUNT } from '../accounts.ts';
import { type Html, html } from '../html.ts';
import type { Session } from '../sessions.ts';
import { layout } from './layout.ts';

interface LoginForm {
  readonly next: string;
  readonly email: string;
  readonly isRefused: boolean;
}

export function loginPage(session: Session, { next, email, isRefused }: LoginForm): Html {
  const main = html`<div class="narrow">
    <h1>Log in</h1>
    <p class="muted">To look around, use <strong>${DEMO_ACCOUNT.email}</strong>.</p>
    ${isRefused && html`<p class="alert" role="alert">That email and password do not go together.</p>`}
    <form class="stack" action="/login" method="post">
      <input type="hidden" name="next" value="${next}">
      <div class="field">
        <label for="email">Email</label>
        <input id="email" name="email" type="email" value="${email}" autocomplete="username" required>
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
      </div>
      <button class="button button-wide" type="submit">Log in</button>
    </form>
  </div>`;
  return layout(session, 'Log in', { main });
}
