import { type PageModel, walkNodes } from './page-model.ts';

/** What a demonstration shows of how to log in to it. */
export interface ShownCredentials {
  readonly user?: string;
  readonly password: string;
}

const PASSWORD =
  /\b(?:password|passwort|mot de passe|contraseña)\s*(?:is|:|=|–|-)?\s*["“'`]?([^\s"”'`,;()]{3,60})/iu;
const USER =
  /\b(?:user ?name|user|e-?mail(?: address)?|account)\s*(?:is|:|=|–|-)?\s*["“'`]?([^\s"”'`,;()]{3,60})/iu;
const ADDRESS = /[\w.+-]{1,60}@[\w-]+\.[\w.-]+/u;
const PAIR = /([\w.+-]{3,40}(?:@[\w.-]+)?)\s*[/:]\s*([^\s,;()]{4,40})/u;
const INVITES = /\b(?:demo|test|try|sample|example)\b/i;
/** Words that follow “password” in ordinary sentences. */
const NO_PASSWORD =
  /^(?:must|should|is|and|or|for|again|reset|forgotten|field|with|your|the|has|needs|at|to)$/i;

/**
 * The name and the password that a page itself gives to its visitors, such as “Demo: ada@example.com / tea-time”; undefined
 * when it gives none. They are typed on that page alone.
 */
export function shownCredentials({ nodes }: PageModel): ShownCredentials | undefined {
  for (const text of textsWithParts(nodes)) {
    const password = PASSWORD.exec(text)?.[1];
    if (password !== undefined && !NO_PASSWORD.test(password)) {
      const user = ADDRESS.exec(text)?.[0] ?? USER.exec(text.replace(PASSWORD, ' '))?.[1];
      if (user !== undefined || INVITES.test(text))
        return { password, ...(user === undefined ? {} : { user }) };
    }
    const [, user, secret] = INVITES.test(text)
      ? (PAIR.exec(text.replace(/^.*?\b(?:demo|test|sample|example)\b[^:]*:/i, '')) ?? [])
      : [];
    if (user !== undefined && secret !== undefined) return { user, password: secret };
  }
  return undefined;
}

/** Every block of text, its marked parts in their places. */
function textsWithParts(nodes: PageModel['nodes']): readonly string[] {
  return [...walkNodes(nodes)]
    .filter(({ children, role }) => role !== 'text' && children.length < 12)
    .map(({ text, children }) =>
      [text, ...children.flatMap((child) => [...walkNodes([child])].map((one) => one.text || one.name))].join(
        ' ',
      ),
    )
    .filter((text) => text.length < 300)
    .map((text) => text.replace(/\s+/g, ' ').trim());
}
