import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { type SmtpSink, startSmtpSink } from '../../src/mail/smtp-sink.ts';

const signal = new AbortController().signal;
let sink: SmtpSink;
beforeAll(async () => {
  sink = await startSmtpSink({ host: '127.0.0.1', port: 0 });
});
afterAll(() => sink.close());

/** Sends lines, each after the answer to the one before, and returns the codes of the answers. */
function converse(lines: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const codes: string[] = [];
    const left = [...lines];
    const socket = connect(sink.port, '127.0.0.1');
    socket.on('data', (chunk) => {
      codes.push(String(chunk).slice(0, 3));
      const line = left.shift();
      if (line === undefined) socket.end();
      else socket.write(`${line}\r\n`);
    });
    socket.on('close', () => resolve(codes));
    socket.on('error', reject);
  });
}

const MESSAGE = 'Subject: =?utf-8?q?Ihr_Code_=E2=9C=93?=\r\n\r\nYour code is 123456\r\n..dot\r\n.';

describe('the SMTP sink', () => {
  it('takes a message to an address that is expected, and only to that', async () => {
    const mailbox = await sink.open('Ada@Shop.example', signal);
    const codes = await converse([
      'EHLO app',
      'AUTH PLAIN AGEAYg==',
      'MAIL FROM:<app@x>',
      'RCPT TO:<bob@shop.example>',
      'RCPT TO:<ada@shop.example>',
      'DATA',
      MESSAGE,
      'QUIT',
    ]);
    expect(codes).toEqual(['220', '250', '235', '250', '550', '250', '354', '250', '221']);
    expect(await mailbox.next(5_000, signal)).toEqual({
      subject: 'Ihr Code ✓',
      text: 'Your code is 123456\r\n.dot\r\n',
      links: [],
    });
    mailbox.close();
    expect(
      (await converse(['HELO app', 'MAIL FROM:<a@x>', 'RCPT TO:<ada@shop.example>', 'DATA'])).slice(-2),
    ).toEqual(['550', '503']);
  });

  it('takes no message that is too large, and no line without an end', async () => {
    const mailbox = await sink.open('big@shop.example', signal);
    const large = `${'x'.repeat(999)}\r\n`.repeat(700);
    expect(
      (await converse(['HELO app', 'MAIL FROM:<a@x>', 'RCPT TO:<big@shop.example>', 'DATA', `${large}.`])).at(
        -1,
      ),
    ).toBe('552');
    expect((await converse(['x'.repeat(9_000)])).at(-1)).toBe('500');
    expect(await mailbox.next(0, signal)).toBeUndefined();
    mailbox.close();
  });

  it('lets one run at a time have an address', async () => {
    const first = await sink.open('one@shop.example', signal);
    let isOpen = false;
    const second = sink.open('one@shop.example', signal).then((mailbox) => {
      isOpen = true;
      return mailbox;
    });
    await Promise.resolve();
    expect(isOpen).toBe(false);
    first.close();
    (await second).close();
    const third = await sink.open('one@shop.example', signal);
    const abort = new AbortController();
    const fourth = sink.open('one@shop.example', abort.signal);
    abort.abort(new Error('superseded'));
    await expect(fourth).rejects.toThrow('superseded');
    third.close();
  });
});

describe('parseMail', () => {
  it('reads the words and links of a message in parts', () => {
    const html = Buffer.from(
      '<style>x</style><p>Code&nbsp;<b>98&#52;</b></p><a href="https://a.dev/in?x=1&amp;y=2">In</a>',
    ).toString('base64');
    const raw = [
      'Content-Type: multipart/alternative;\r\n boundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Best=E4tigen: https://a.dev/=\r\nin?x=3D1.',
      '--b1',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      html,
      '--b1--',
    ].join('\r\n');
    const mail = parseMail(Buffer.from(raw, 'latin1'));
    expect(mail.text).toContain('Bestätigen');
    expect(mail.text).toContain('Code 984');
    expect(mail.links).toEqual(['https://a.dev/in?x=1', 'https://a.dev/in?x=1&y=2']);
  });
});
