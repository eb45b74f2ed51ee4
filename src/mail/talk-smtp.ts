import type { Socket } from 'node:net';

const MAX_MESSAGE = 512 * 1024;
/** RFC 5321 allows 512 octets in a command and 1000 in a line of text; some senders send more. */
const MAX_COMMAND = 2_048;
const MAX_LINE = 65_536;
const MAX_RECIPIENTS = 20;
const MAX_COMMANDS = 500;
const HOST = 'firsthand.invalid';

export interface SmtpReceiver {
  /** Whether somebody waits for messages to this address, given in small letters. */
  isExpected(address: string): boolean;
  receive(addresses: readonly string[], raw: Buffer): void;
}

/** The state of one conversation. */
interface Talk {
  readonly socket: Socket;
  readonly receiver: SmtpReceiver;
  recipients: string[];
  hasSender: boolean;
  /** Lines of the message, while it is sent. */
  data: Buffer[] | undefined;
  bytes: number;
  /** Lines of a log-in that are still to come; what they say is dropped. */
  secretLines: number;
  commands: number;
}

/** Holds the receiving half of an SMTP conversation (RFC 5321). Whatever name and password a sender gives are taken. */
export function talkSmtp(socket: Socket, receiver: SmtpReceiver): void {
  const talk: Talk = {
    socket,
    receiver,
    recipients: [],
    hasSender: false,
    data: undefined,
    bytes: 0,
    secretLines: 0,
    commands: 0,
  };
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      const line = rest.subarray(0, rest[end - 1] === 0x0d ? end - 1 : end);
      rest = rest.subarray(end + 1);
      if (socket.writableEnded) return;
      if (talk.data === undefined) command(talk, line.toString('latin1'));
      else dataLine(talk, talk.data, line);
    }
    if (rest.length > MAX_LINE) hangUp(talk, '500 line too long');
  });
  say(talk, `220 ${HOST} receives only`);
}

function say({ socket }: Talk, text: string): void {
  if (!socket.destroyed) socket.write(`${text}\r\n`);
}

function hangUp({ socket }: Talk, text: string): void {
  if (!socket.writableEnded) socket.end(`${text}\r\n`, () => socket.destroy());
}

function command(talk: Talk, line: string): void {
  if (line.length > MAX_COMMAND) return hangUp(talk, '500 line too long');
  talk.commands += 1;
  if (talk.commands > MAX_COMMANDS) return hangUp(talk, '421 too many commands');
  if (talk.secretLines > 0) {
    talk.secretLines -= 1;
    return say(talk, talk.secretLines > 0 ? '334 UGFzc3dvcmQ6' : '235 welcome');
  }
  const [verb = ''] = line.split(/[ :]/, 1);
  switch (verb.toUpperCase()) {
    case 'EHLO':
      return say(
        talk,
        [
          `250-${HOST}`,
          `250-SIZE ${MAX_MESSAGE}`,
          '250-8BITMIME',
          '250-SMTPUTF8',
          '250 AUTH PLAIN LOGIN',
        ].join('\r\n'),
      );
    case 'HELO':
      return say(talk, `250 ${HOST}`);
    case 'AUTH':
      return authenticate(talk, line);
    case 'MAIL':
      reset(talk);
      talk.hasSender = true;
      return say(talk, '250 go on');
    case 'RCPT':
      return recipient(talk, line);
    case 'DATA':
      if (talk.recipients.length === 0) return say(talk, '503 no recipient');
      talk.data = [];
      talk.bytes = 0;
      return say(talk, '354 end with a dot alone');
    case 'RSET':
      reset(talk);
      return say(talk, '250 forgotten');
    case 'NOOP':
      return say(talk, '250 fine');
    case 'QUIT':
      return hangUp(talk, '221 bye');
    default:
      return say(talk, '502 not known here');
  }
}

function authenticate(talk: Talk, line: string): void {
  if (/^auth plain \S/i.test(line)) return say(talk, '235 welcome');
  if (/^auth login \S/i.test(line)) {
    talk.secretLines = 1;
    return say(talk, '334 UGFzc3dvcmQ6');
  }
  talk.secretLines = /^auth login/i.test(line) ? 2 : 1;
  say(talk, talk.secretLines === 2 ? '334 VXNlcm5hbWU6' : '334 ');
}

function recipient(talk: Talk, line: string): void {
  const address = /^rcpt to:\s*<([^<>\s]{1,320})>/i.exec(line)?.[1]?.toLowerCase();
  if (!talk.hasSender) return say(talk, '503 no sender');
  if (address === undefined) return say(talk, '501 no address');
  if (!talk.receiver.isExpected(address)) return say(talk, '550 nobody expects a message there');
  if (talk.recipients.length >= MAX_RECIPIENTS) return say(talk, '452 too many recipients');
  talk.recipients.push(address);
  say(talk, '250 expected');
}

function dataLine(talk: Talk, data: Buffer[], line: Buffer): void {
  if (line.length === 1 && line[0] === 0x2e) {
    if (talk.bytes > MAX_MESSAGE) say(talk, '552 too large');
    else {
      talk.receiver.receive(talk.recipients, Buffer.concat(data));
      say(talk, '250 received');
    }
    return reset(talk);
  }
  const text = line[0] === 0x2e ? line.subarray(1) : line;
  talk.bytes += text.length + 2;
  // What is too large is read to its end and dropped; what has no end is not.
  if (talk.bytes > MAX_MESSAGE * 4) return hangUp(talk, '552 too large');
  if (talk.bytes <= MAX_MESSAGE) data.push(text, Buffer.from('\r\n'));
}

function reset(talk: Talk): void {
  talk.recipients = [];
  talk.hasSender = false;
  talk.data = undefined;
  talk.bytes = 0;
}
