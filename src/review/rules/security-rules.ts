import type { RuleText, RuleTexts } from './rule-text.ts';

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

const oldTls = (what: string): RuleText => ({
  title: 'An old, broken version of TLS is allowed',
  body: `${what}, which can be broken by someone on the way. Use \`ssl.create_default_context()\`.`,
  severity: 'medium',
  confidence: 0.8,
  topic: 'tls',
});

/** What the security reviewer says, by rule. */
export const SECURITY_RULES: RuleTexts = {
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
  'ruff/S302': {
    title: 'Data is read in a format that can hold code',
    body: '`marshal` is for the interpreter’s own files: reading data that someone else made can crash it or run code. Use JSON.',
    severity: 'medium',
    confidence: 0.7,
    topic: 'deserialisation',
  },
  'ruff/S502': oldTls('This call names an old version of SSL or TLS'),
  'ruff/S503': oldTls('The default of this function is an old version of SSL or TLS'),
  'ruff/S504': oldTls('`ssl.wrap_socket` without a version allows old ones'),
  'ruff/S505': {
    title: 'A key is too short',
    body: 'Keys of this size can be computed by others. Use at least 2,048 bits for RSA and DSA, better 3,072, and a curve of at least 224 bits.',
    severity: 'high',
    confidence: 0.85,
    topic: 'short-key',
  },
  'ruff/S507': unverified('Keys of unknown hosts are accepted'),
  'ruff/S609': shell('A wildcard in this call'),
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
  'ruff/S702': {
    title: 'Mako does not escape HTML here',
    body: 'What a user typed then becomes part of the page and can run scripts for every visitor. Set `default_filters=["h"]`.',
    severity: 'high',
    confidence: 0.7,
    topic: 'escaping',
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
