import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { normalisePrivateKey, parseEnv } from '../../src/config/env.ts';

describe('parseEnv', () => {
  it('works with nothing set, and counts an empty variable as absent', () => {
    expect(parseEnv({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000, HOST: 'localhost' });
    expect(parseEnv({}).DATABASE_URL).toBeUndefined();
  });

  it('lists every bad variable at once', () => {
    expect(() => parseEnv({ PORT: 'http', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' })).toThrow(
      /DATABASE_URL[\s\S]*LOG_LEVEL|PORT[\s\S]*DATABASE_URL/,
    );
  });

  it('says what a variable takes, not what is in it', () => {
    const parse = (): unknown => parseEnv({ APP_ID: 'x1', DATABASE_URL: 'hunter2' });
    expect(parse).toThrow(/APP_ID: takes a whole number from 1[\s\S]*DATABASE_URL: takes postgres:/);
    expect(parse).not.toThrow(/hunter2/);
  });

  it('drops the slash at the end of addresses, so that paths can be appended', () => {
    expect(parseEnv({ GITHUB_API_URL: 'https://ghe.example.com/api/v3/' }).GITHUB_API_URL).toBe(
      'https://ghe.example.com/api/v3',
    );
  });

  it('splits the list of private hosts', () => {
    expect(
      parseEnv({ FIRSTHAND_ALLOW_PRIVATE_HOSTS: 'localhost:3000, 10.0.0.5:80' })
        .FIRSTHAND_ALLOW_PRIVATE_HOSTS,
    ).toEqual(['localhost:3000', '10.0.0.5:80']);
  });
});

describe('normalisePrivateKey', () => {
  const { privateKey: pem } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

  it('takes the file as it is, with escaped line ends, and in base64', () => {
    expect(normalisePrivateKey(pem)).toBe(pem);
    expect(normalisePrivateKey(pem.replaceAll('\n', '\\n'))).toBe(pem);
    expect(normalisePrivateKey(Buffer.from(pem).toString('base64'))).toBe(pem);
  });

  it('refuses anything else without repeating it', () => {
    expect(() => normalisePrivateKey('hunter2-hunter2')).toThrow(/not a PEM private key/);
    expect(() => normalisePrivateKey('hunter2-hunter2')).not.toThrow(/hunter2/);
  });

  it('refuses what only looks like a key, and names the variable that it came from', () => {
    const cut = pem.replace(/\n[^\n]+\n-----END/, '\n-----END');
    expect(() => normalisePrivateKey(cut, 'PRIVATE_KEY_PATH')).toThrow(
      /^PRIVATE_KEY_PATH is not a PEM private key/,
    );
  });
});
