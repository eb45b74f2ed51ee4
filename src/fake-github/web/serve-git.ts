import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { gitEnvironment } from '../git/run-git.ts';
import { ApiError } from '../http/api-error.ts';
import type { FakeRepository } from '../state.ts';

/** Lets git's own HTTP backend (a CGI program) answer a clone or fetch. Pushes are refused. */
export async function serveGit(
  repository: FakeRepository,
  about: { request: IncomingMessage; response: ServerResponse; url: URL; path: string },
): Promise<void> {
  const { request, response, url } = about;
  const service = url.searchParams.get('service') ?? about.path.slice(1);
  if (service !== 'git-upload-pack') throw new ApiError(403, 'The fake GitHub takes no pushes over HTTP.');
  const child = spawn('git', ['http-backend'], {
    env: { ...gitEnvironment(), ...cgiVariables(repository, about) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const finished = new Promise<void>((resolve, reject) => {
    child.on('error', (cause) => reject(new Error('could not run git http-backend', { cause })));
    child.on('close', () => resolve());
  });
  // The client may hang up, and git may end before it has read everything.
  response.on('close', () => child.kill());
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  await relay(child.stdout, response);
  await finished;
  response.end();
}

function cgiVariables(
  { gitDir }: FakeRepository,
  { request, url, path: rest }: { request: IncomingMessage; url: URL; path: string },
): Record<string, string> {
  const { headers } = request;
  const protocol = String(headers['git-protocol'] ?? '');
  return {
    GIT_PROJECT_ROOT: path.dirname(gitDir),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${path.basename(gitDir)}${rest}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: protocol,
    HTTP_GIT_PROTOCOL: protocol,
    REMOTE_ADDR: '127.0.0.1',
    ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
  };
}

/** Passes on a CGI answer: header lines, an empty line, the body. */
async function relay(output: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0);
  // A child's stdout without an encoding yields buffers.
  for await (const chunk of output as AsyncIterable<Buffer>) {
    if (head === undefined) {
      response.write(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const lines = head.subarray(0, end).toString('latin1').split('\r\n');
    for (const line of lines) {
      const [name = '', value = ''] = line.split(/: */, 2);
      if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    response.write(head.subarray(end + 4));
    head = undefined;
  }
}
