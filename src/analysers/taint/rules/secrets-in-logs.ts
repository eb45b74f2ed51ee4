import type { Site, Weakness } from '../weakness.ts';
import { isOnlyForDevelopers } from './conditions.ts';

const NAME = String.raw`\b[\w$]*(?:password|passwd|passphrase|client_?secret|secret_?key|api_?secret|private_?key)\b`;
/** Names of what is about a secret, or of what no longer is one. */
const NO_SECRET =
  /^(?:is|has|no|should|can|needs?|require[sd]?|show|hide|reset|forgot|change|update|validate|check|invalid|missing|hash(?:ed)?|encrypt(?:ed)?|masked|redacted|public)|hash|encrypt|encod|public|secure|fixed|example|dummy|fake/i;

/** The code without its texts; what is put into a template stays. */
function withoutTexts(code: string): string {
  return code
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/`(?:[^`\\]|\\.)*`/g, (template) => (template.match(/\$\{[^}]*\}/g) ?? []).join(' '));
}

function logsSecret({ code }: Site): boolean {
  if (/mask|redact|sanit|obfuscat|\.replace\(|\*{3}|hash|encrypt|length|typeof/i.test(code)) return false;
  const inside = withoutTexts(code.slice(code.indexOf('(') + 1));
  return [...inside.matchAll(new RegExp(NAME, 'gi'))].some(({ 0: name, index }) => {
    const before = inside.slice(0, index);
    const after = inside.slice(index + name.length);
    const isAsked = /!\s*(?:[\w$]+\??\.)*$/.test(before) || /^\s*(?:\?(?!\.)|[=!]=|&&|:|\()/.test(after);
    return !isAsked && !NO_SECRET.test(name);
  });
}

export const SECRETS_IN_LOGS: readonly Weakness[] = [
  {
    id: 'secret-in-log',
    cwe: 532,
    text: {
      title: 'A password or key is written to the log',
      body: 'Logs are kept long, copied to other systems and read by many: everyone who sees them has the secret. Leave it out, or log only that it is there.',
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: [
          'console.{log,info,warn,error,debug,trace}',
          '~{console,logger,log,winston,pino,bunyan}.{log,info,warn,error,debug,trace,verbose}',
        ],
        when: (site) => !isOnlyForDevelopers(site) && logsSecret(site),
      },
    ],
    bad: [
      "export function logIn(name, password) {\n  console.log('log in ' + name + ' ' + password);\n}",
      'export const show = (config, logger) => logger.debug(`key ${config.secretKey}`);',
    ],
    good: [
      "export function logIn(name, password) {\n  console.log('password of ' + name + ' is set: ', password !== undefined);\n}",
      "export const show = (hashedPassword) => console.log('wrong password', hashedPassword);",
      'export const say = (isPasswordSet) => console.log(`password: ${isPasswordSet}`);',
    ],
  },
];
