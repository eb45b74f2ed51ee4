import type { RuleText, RuleTexts } from './rule-text.ts';

const runsText = (what: string): RuleText => ({
  title: 'Text is run as code',
  body: `${what} runs its text as JavaScript with all the rights of this program: whoever can influence that text can run anything. Take a function, a look-up table or \`JSON.parse\` instead.`,
  severity: 'high',
  confidence: 0.9,
  topic: 'code-from-text',
});

/** What is said of a secret, whatever it opens. */
export const leaked = (what: string): RuleText => ({
  title: `${what} is in the code`,
  body: 'Everyone who can read the repository, now or later, can use it, and it stays in the history after it is removed. Revoke it where it was issued, make a new one, and read that from the environment or a secret store.',
  severity: 'critical',
  confidence: 0.97,
  topic: 'secret',
});

const shell = (what: string): RuleText => ({
  title: 'A shell runs a command that is put together at run time',
  body: `${what} hands the text to a shell: a value with \`;\`, \`$( )\` or a quote in it runs as a command of its own. Pass the program and its arguments as a list, without a shell.`,
  severity: 'high',
  confidence: 0.85,
  topic: 'shell',
});

const unverified = (what: string): RuleText => ({
  title: 'The other side of an encrypted connection is not verified',
  body: `${what}, so anyone on the way can answer in its place and read what is sent. Leave verification on; to trust a certificate of your own, name its authority.`,
  severity: 'high',
  confidence: 0.9,
  topic: 'tls',
});

/** What the security reviewer says, by rule. */
export const SECURITY_RULES: RuleTexts = {
  'oxlint/no-eval': runsText('`eval`'),
  'oxlint/no-new-func': runsText('`new Function`'),
  'oxlint/no-implied-eval': runsText('A timer that is given text'),
  'oxlint/jsx-no-script-url': {
    title: 'A javascript: address runs code',
    body: 'An address that begins with `javascript:` runs the rest as code in the page, past most content security policies. Use a button and an event handler.',
    severity: 'medium',
    confidence: 0.85,
    topic: 'script-url',
  },
  'oxlint/no-danger': {
    title: 'HTML is put into the page without React’s escaping',
    body: 'What stands in `dangerouslySetInnerHTML` becomes part of the page as it is: text from a user can then run scripts for every visitor. Render it as text, or clean it with a sanitiser first.',
    severity: 'medium',
    confidence: 0.6,
  },
  'secretlint/aws': leaked('An AWS credential'),
  'secretlint/gcp': leaked('A Google Cloud credential'),
  'secretlint/github': leaked('A GitHub token'),
  'secretlint/gitlab': leaked('A GitLab token'),
  'secretlint/slack': leaked('A Slack token'),
  'secretlint/stripe': leaked('A Stripe key'),
  'secretlint/npm': leaked('An npm token'),
  'secretlint/openai': leaked('An OpenAI key'),
  'secretlint/anthropic': leaked('An Anthropic key'),
  'secretlint/sendgrid': leaked('A SendGrid key'),
  'secretlint/privatekey': leaked('A private key'),
  'secretlint/basicauth': { ...leaked('A password in an address'), severity: 'high', confidence: 0.85 },
  'secretlint/database-connection-string': {
    ...leaked('A database password'),
    severity: 'high',
    confidence: 0.85,
  },
  'secrets/aws-access-key-id': { ...leaked('An AWS access key id'), severity: 'high', confidence: 0.9 },
  'secrets/google-api-key': { ...leaked('A Google API key'), severity: 'high', confidence: 0.9 },
  'secrets/stripe-webhook': leaked('A Stripe webhook secret'),
  'secrets/twilio': leaked('A Twilio key'),
  'secrets/telegram': leaked('A Telegram bot token'),
  'secrets/mailgun': leaked('A Mailgun key'),
  'secrets/digitalocean': leaked('A DigitalOcean token'),
  'secrets/named-value': {
    ...leaked('A value that is named a secret'),
    severity: 'high',
    confidence: 0.7,
  },
  'ruff/S102': {
    ...runsText('`exec`'),
    body: '`exec` runs its text as Python with all the rights of this program: whoever can influence that text can run anything. Use a dictionary of functions, or a parser for the few forms that you need.',
  },
  'ruff/S307': {
    ...runsText('`eval`'),
    body: '`eval` runs its text as Python with all the rights of this program: whoever can influence that text can run anything. `ast.literal_eval` reads literals and runs nothing.',
  },
  'ruff/S103': {
    title: 'A file is given permissions that let others change it',
    body: 'Anyone on the machine can then replace what this program reads or runs. Give write permission to the owner only.',
    severity: 'medium',
    confidence: 0.85,
  },
  'ruff/S301': {
    title: 'Data is unpickled',
    body: 'Reading a pickle can run any code that its author put there. For data that does not come from this program alone, use JSON or another format that only holds data.',
    severity: 'medium',
    confidence: 0.65,
  },
  'ruff/S306': {
    title: 'The name of a temporary file can be taken by someone else',
    body: '`tempfile.mktemp` only makes up a name; another process can create the file first. Use `tempfile.NamedTemporaryFile` or `mkstemp`.',
    severity: 'medium',
    confidence: 0.85,
  },
  'ruff/S310': {
    title: 'An address that is put together at run time is opened',
    body: '`urlopen` also opens `file:` addresses and hosts of the inner network: whoever chooses the address can read those. Check the scheme and the host against a list first.',
    severity: 'medium',
    confidence: 0.6,
  },
  'ruff/S323': unverified('The context is made without verification'),
  'ruff/S501': unverified('Verification is switched off for this request'),
  'ruff/S324': {
    title: 'A broken hash function is used',
    body: 'Two inputs with the same MD5 or SHA-1 can be made at will, so it protects nothing. Use SHA-256, or a password hash for passwords; where no security hangs on it, say `usedforsecurity=False`.',
    severity: 'medium',
    confidence: 0.7,
  },
  'ruff/S506': {
    title: 'YAML is read in a way that can run code',
    body: '`yaml.load` without a safe loader creates any object that the text names. Use `yaml.safe_load`.',
    severity: 'high',
    confidence: 0.85,
  },
  'ruff/S602': shell('`shell=True`'),
  'ruff/S604': shell('`shell=True`'),
  'ruff/S605': shell('This call'),
  'ruff/S609': shell('A wildcard in this call'),
  'ruff/S608': {
    title: 'An SQL statement is put together from values',
    body: 'A value with a quote in it changes the statement: it can read or delete other rows. Leave a placeholder in the statement and pass the value beside it; the database driver keeps the two apart.',
    severity: 'high',
    confidence: 0.8,
    topic: 'sql',
  },
  'ruff/S610': {
    title: 'Raw SQL goes into a Django query',
    body: '`extra` passes its text to the database as it is. Use the query methods, or pass values through `params`.',
    severity: 'medium',
    confidence: 0.7,
    topic: 'sql',
  },
  'ruff/S611': {
    title: 'Raw SQL goes into a Django query',
    body: '`RawSQL` passes its text to the database as it is. Use the query methods, or pass values through `params`.',
    severity: 'medium',
    confidence: 0.7,
    topic: 'sql',
  },
  'ruff/S701': {
    title: 'Jinja2 does not escape HTML here',
    body: 'What a user typed then becomes part of the page and can run scripts for every visitor. Set `autoescape=True`.',
    severity: 'high',
    confidence: 0.75,
  },
  'firsthand/reviewer-instruction': {
    title: 'A text in the change speaks to the reviewer',
    body: 'It reads like an instruction to a reviewing person or program, to approve or to look away. It had no effect here. If it is not meant for documentation or a test, ask why it is there.',
    severity: 'medium',
    confidence: 0.7,
  },
  'firsthand/hidden-characters': {
    title: 'Invisible characters change how this line reads',
    body: 'The line holds characters that reorder or hide text, so that people see other code than the machine runs. Remove them, or write them as escapes.',
    severity: 'high',
    confidence: 0.9,
  },
};
